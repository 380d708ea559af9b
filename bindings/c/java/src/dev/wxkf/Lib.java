package dev.wxkf;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.ByteByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import dev.wxkf.Layout.Action;
import dev.wxkf.Layout.Allowed;
import dev.wxkf.Layout.Buf;
import dev.wxkf.Layout.Bytes;
import dev.wxkf.Layout.Held;
import dev.wxkf.Layout.Option;
import dev.wxkf.Layout.Refused;
import dev.wxkf.Layout.Settling;
import dev.wxkf.Layout.Size;
import dev.wxkf.Layout.View;

/** The functions of wxkf.h, by their own names. A C {@code bool} is a byte here: JNA's boolean is an int. */
interface Lib extends Library {
    /** The number of the ABI that this package was written for. */
    int ABI = 2;

    /** The library, loaded when it is first needed. */
    Lib C = load();

    private static Lib load() {
        String path = System.getenv("WXKF_LIBRARY");
        Lib lib = Native.load(path == null || path.isEmpty() ? "libwxkf.so." + ABI : path, Lib.class);
        int abi = lib.wxkf_abi();
        if (abi == ABI) return lib;
        throw new UnsatisfiedLinkError("libwxkf has ABI " + abi + ", but this package needs " + ABI);
    }

    int wxkf_abi();

    Bytes.Value wxkf_version();

    int wxkf_account_new(Bytes.Value kind, Bytes.Value appId, Bytes.Value token, Option[] options, Size len,
            PointerByReference account, Buf error);

    void wxkf_account_free(Pointer account);

    Size wxkf_account_largest_body(Pointer account);

    Bytes.Value wxkf_account_app_id(Pointer account);

    Bytes.Value wxkf_account_mode(Pointer account);

    int wxkf_account_verify_url(Pointer account, Bytes.Value query, long now, Buf echo, Buf error);

    int wxkf_account_receive(Pointer account, Bytes.Value query, Bytes.Value body, long now,
            PointerByReference received, Buf error);

    int wxkf_account_open(Pointer account, Bytes.Value query, Bytes.Value body, long now, Buf plaintext, Buf error);

    int wxkf_reply_caution(Bytes.Value reply, Bytes caution, Buf error);

    int wxkf_account_reply(Pointer account, Pointer received, Bytes.Value reply, Bytes.Value random,
            Bytes.Value nonce, long now, Buf body, Bytes contentType, Buf error);

    int wxkf_account_reply_to(Pointer account, Bytes.Value replyTo, Bytes.Value reply, Bytes.Value random,
            Bytes.Value nonce, long now, Buf body, Bytes contentType, Buf error);

    int wxkf_account_seal(Pointer account, Bytes.Value message, Bytes.Value format, Bytes.Value toUserName,
            Bytes.Value random, Bytes.Value nonce, long now, Buf body, Buf parts, Buf error);

    int wxkf_account_sign(Pointer account, Bytes.Value timestamp, Bytes.Value nonce, Buf signature, Buf error);

    int wxkf_account_explain(Pointer account, Bytes.Value query, Bytes.Value body, long now, Buf explanation,
            Buf error);

    int wxkf_request(Bytes.Value endpoint, Bytes.Value params, Bytes.Value kind, Buf head, Buf body, Buf error);

    int wxkf_decode(Bytes.Value endpoint, short status, Bytes.Value contentType, Bytes.Value contentDisposition,
            Bytes.Value body, Buf outcome, Buf error);

    int wxkf_split_text(Bytes.Value text, long maxBytes, long maxParts, Buf split, Buf error);

    byte wxkf_errcode(long code, Buf info);

    Bytes.Value wxkf_rejection_kind(long errcode);

    int wxkf_conversation_new(Bytes.Value policy, Bytes.Value snapshot, PointerByReference conversation, Buf error);

    void wxkf_conversation_free(Pointer conversation);

    int wxkf_conversation_observe(Pointer conversation, Pointer received, long now, ByteByReference seen,
            Buf error);

    int wxkf_conversation_observe_push(Pointer conversation, Bytes.Value key, Bytes.Value trigger, long at, long now,
            ByteByReference seen, Buf error);

    int wxkf_conversation_forget(Pointer conversation, Bytes.Value key, Buf error);

    int wxkf_conversation_reserve(Pointer conversation, long now, Held reservation, Buf error);

    int wxkf_conversation_settle(Pointer conversation, long id, Bytes.Value settlement, long now, Settling settled,
            Buf error);

    int wxkf_conversation_settle_errcode(Pointer conversation, long id, long errcode, long now, Settling settled,
            Buf error);

    int wxkf_conversation_start_typing(Pointer conversation, long now, Refused refusal, Buf error);

    int wxkf_conversation_settle_typing(Pointer conversation, Bytes.Value settlement, long now, Buf error);

    int wxkf_conversation_settle_typing_errcode(Pointer conversation, long errcode, long now, Buf error);

    int wxkf_conversation_sent_elsewhere(Pointer conversation, long at, long now, Buf error);

    int wxkf_conversation_stop_typing(Pointer conversation, Buf error);

    int wxkf_conversation_allowance(Pointer conversation, long now, Allowed allowance, Buf error);

    long wxkf_conversation_next_deadline(Pointer conversation);

    long wxkf_conversation_keep_until(Pointer conversation);

    int wxkf_conversation_snapshot(Pointer conversation, Buf snapshot, Buf error);

    int wxkf_dedupe_new(long capacity, long horizonMs, Bytes.Value snapshot, PointerByReference dedupe, Buf error);

    void wxkf_dedupe_free(Pointer dedupe);

    int wxkf_dedupe_observe(Pointer dedupe, Bytes.Value key, long now, LongByReference since, Buf error);

    int wxkf_dedupe_forget(Pointer dedupe, Bytes.Value key, Buf error);

    Size wxkf_dedupe_len(Pointer dedupe);

    int wxkf_dedupe_snapshot(Pointer dedupe, Buf snapshot, Buf error);

    void wxkf_buf_free(Buf buf);

    void wxkf_received_free(Pointer received);

    int wxkf_received_view(Pointer received, View view, Buf error);

    Bytes.Value wxkf_received_field(Pointer received, Bytes.Value name);

    int wxkf_received_dedupe_key(Pointer received, Buf key, Buf error);

    int wxkf_received_reply_to(Pointer received, Buf replyTo, Buf error);

    int wxkf_received_inbound(Pointer received, Buf inbound, Buf error);

    int wxkf_received_tree(Pointer received, Buf tree, Buf error);

    int wxkf_decode_unverified(Bytes.Value body, Buf decoded, Buf tree, Buf error);

    Bytes.Value wxkf_status_name(int status);

    Bytes.Value wxkf_status_origin(int status);

    Bytes.Value wxkf_status_message(int status, byte chinese);

    int wxkf_token_new(Bytes.Value source, Bytes.Value refreshToken, PointerByReference keeper, Buf error);

    int wxkf_token_restore(Bytes.Value snapshot, PointerByReference keeper, Buf error);

    void wxkf_token_free(Pointer keeper);

    int wxkf_token_step(Pointer keeper, long now, Buf token, Action action, Buf error);

    int wxkf_token_fetched(Pointer keeper, long fetch, Bytes.Value token, long expiresInS, Bytes.Value refreshToken,
            long now, ByteByReference applied, Buf error);

    int wxkf_token_fetch_failed(Pointer keeper, long fetch, Bytes.Value failure, long now, ByteByReference applied,
            Buf error);

    int wxkf_token_rejected(Pointer keeper, Bytes.Value token, long now, ByteByReference applied, Buf error);

    Bytes.Value wxkf_token_refresh_token(Pointer keeper);

    long wxkf_token_next_deadline(Pointer keeper);

    int wxkf_token_snapshot(Pointer keeper, Buf snapshot, Buf error);
}
