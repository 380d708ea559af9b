package dev.wxkf;

import static dev.wxkf.Given.moment;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import dev.wxkf.Layout.Allowed;
import dev.wxkf.Layout.Held;
import dev.wxkf.Layout.Refused;
import dev.wxkf.Layout.Settling;

/**
 * What may be sent to one user of one account: window, quota, typing and repeats, in one record. Load it, take one
 * step, save the snapshot, and act on what the step said only then.
 */
public final class Conversation implements AutoCloseable {
    private final Machine machine;

    /** Makes the record of a user of whom nothing is known.
     * @param policy JSON: the name of a preset, {@code "mini_program"} or {@code "official_account"} with its
     *     quotes, or an object with {@code preset} and what differs */
    public Conversation(String policy) {
        this(policy, null);
    }

    private Conversation(String policy, byte[] snapshot) {
        try (Call call = new Call()) {
            PointerByReference made = new PointerByReference();
            call.check(Lib.C.wxkf_conversation_new(call.text(policy, "policy"), call.maybeBytes(snapshot), made,
                    call.error));
            machine = new Machine(made.getValue(), Lib.C::wxkf_conversation_free);
        }
    }

    /** Makes a record from a snapshot.
     * @param snapshot what {@link #snapshot()} has written
     * @param policy as for a new one
     * @return the record */
    public static Conversation restore(byte[] snapshot, String policy) {
        return new Conversation(policy, Given.present(snapshot, "snapshot"));
    }

    /** Takes note of what was received, now.
     * @param received the push
     * @return whether it is new, or not known */
    public Observation observe(Received received) {
        return observe(received, System.currentTimeMillis());
    }

    /** Takes note of what was received.
     * @param received the push
     * @param now the moment
     * @return whether it is new, or not known */
    public Observation observe(Received received, Long now) {
        return Given.present(received, "received").use(push -> seen((pointer, call, repeat) ->
                Lib.C.wxkf_conversation_observe(pointer, push, moment(now), repeat, call.error)));
    }

    /** Takes note of a push that is known in another way, now.
     * @param key a dedupe key, or any other text that is the same for every delivery
     * @param trigger what it grants, or null
     * @param at when it happened, or null
     * @return whether it is new, or not known */
    public Observation observePush(String key, String trigger, Long at) {
        return observePush(key, trigger, at, System.currentTimeMillis());
    }

    /** Takes note of a push that is known in another way.
     * @param key a dedupe key, or any other text that is the same for every delivery
     * @param trigger what it grants, or null
     * @param at when it happened, or null
     * @param now the moment
     * @return whether it is new, or not known */
    public Observation observePush(String key, String trigger, Long at, Long now) {
        long when = at == null ? Layout.NONE : Given.count(at, "at");
        return seen((pointer, call, repeat) -> Lib.C.wxkf_conversation_observe_push(pointer, call.text(key, "key"),
                call.maybeText(trigger, "trigger"), when, moment(now), repeat, call.error));
    }

    /** Lets the next delivery of a push in, because handling it failed. It grants nothing again.
     * @param key its dedupe key */
    public void forget(String key) {
        machine.take((pointer, call) -> Lib.C.wxkf_conversation_forget(pointer, call.text(key, "key"), call.error));
    }

    /** Holds one message, now. Save the record, send, and settle.
     * @return a {@link Reservation} or a {@link Refusal} */
    public Reserved reserve() {
        return reserve(System.currentTimeMillis());
    }

    /** Holds one message. Save the record, send, and settle.
     * @param now the moment
     * @return a {@link Reservation} or a {@link Refusal} */
    public Reserved reserve(Long now) {
        return machine.with((pointer, call) -> {
            Held held = new Held();
            call.check(Lib.C.wxkf_conversation_reserve(pointer, moment(now), held, call.error));
            Refusal refusal = held.refusal.value();
            return refusal != null ? refusal : new Reservation(held.id, held.sure != 0);
        });
    }

    /** Says what became of a message that was held, now.
     * @param id of the reservation
     * @param settlement {@code delivered}, {@code not_sent}, {@code unknown}, {@code quota_exhausted},
     *     {@code window_closed} or {@code enter_revoked}
     * @return what came of it */
    public Settled settle(long id, String settlement) {
        return settle(id, settlement, System.currentTimeMillis());
    }

    /** Says what became of a message that was held.
     * @param id of the reservation
     * @param settlement {@code delivered}, {@code not_sent}, {@code unknown}, {@code quota_exhausted},
     *     {@code window_closed} or {@code enter_revoked}
     * @param now the moment
     * @return what came of it */
    public Settled settle(long id, String settlement, Long now) {
        return settled((pointer, call, settled) -> Lib.C.wxkf_conversation_settle(pointer, Given.count(id, "id"),
                call.text(settlement, "settlement"), moment(now), settled, call.error));
    }

    /** Says the same by the code that WeChat answered, now.
     * @param id of the reservation
     * @param errcode 0 is delivered
     * @return what came of it */
    public Settled settleErrcode(long id, long errcode) {
        return settleErrcode(id, errcode, System.currentTimeMillis());
    }

    /** Says the same by the code that WeChat answered.
     * @param id of the reservation
     * @param errcode 0 is delivered
     * @param now the moment
     * @return what came of it */
    public Settled settleErrcode(long id, long errcode, Long now) {
        return settled((pointer, call, settled) ->
                Lib.C.wxkf_conversation_settle_errcode(pointer, Given.count(id, "id"), errcode, moment(now), settled,
                        call.error));
    }

    /** Asks whether typing may be shown, now, and takes note that it is.
     * @return null if it may */
    public Refusal startTyping() {
        return startTyping(System.currentTimeMillis());
    }

    /** Asks whether typing may be shown, and takes note that it is.
     * @param now the moment
     * @return null if it may */
    public Refusal startTyping(Long now) {
        return machine.with((pointer, call) -> {
            Refused refused = new Refused();
            call.check(Lib.C.wxkf_conversation_start_typing(pointer, moment(now), refused, call.error));
            return refused.value();
        });
    }

    /** Says what came of showing it, now.
     * @param settlement {@code delivered}, {@code already_typing} (45081), {@code no_recent_message} (45080),
     *     {@code not_sent}, {@code unknown} or {@code window_closed} */
    public void settleTyping(String settlement) {
        settleTyping(settlement, System.currentTimeMillis());
    }

    /** Says what came of showing it.
     * @param settlement {@code delivered}, {@code already_typing} (45081), {@code no_recent_message} (45080),
     *     {@code not_sent}, {@code unknown} or {@code window_closed}
     * @param now the moment */
    public void settleTyping(String settlement, Long now) {
        machine.take((pointer, call) -> Lib.C.wxkf_conversation_settle_typing(pointer,
                call.text(settlement, "settlement"), moment(now), call.error));
    }

    /** Says the same by the code that WeChat answered, now.
     * @param errcode 0 is delivered */
    public void settleTypingErrcode(long errcode) {
        settleTypingErrcode(errcode, System.currentTimeMillis());
    }

    /** Says the same by the code that WeChat answered.
     * @param errcode 0 is delivered
     * @param now the moment */
    public void settleTypingErrcode(long errcode, Long now) {
        machine.take((pointer, call) ->
                Lib.C.wxkf_conversation_settle_typing_errcode(pointer, errcode, moment(now), call.error));
    }

    /** Takes note that typing is shown no longer. */
    public void stopTyping() {
        machine.take((pointer, call) -> Lib.C.wxkf_conversation_stop_typing(pointer, call.error));
    }

    /** Takes note of a message that this record did not hold and that WeChat accepted now: somebody wrote in the web
     * console, or another program sent. Say it once of each. */
    public void sentElsewhere() {
        sentElsewhere(null, System.currentTimeMillis());
    }

    /** Takes note of a message that this record did not hold: somebody wrote in the web console, or another program
     * sent. Say it once of each.
     * @param at when WeChat accepted it, or null for now
     * @param now the moment */
    public void sentElsewhere(Long at, Long now) {
        long when = at == null ? Layout.NONE : Given.count(at, "at");
        machine.take((pointer, call) ->
                Lib.C.wxkf_conversation_sent_elsewhere(pointer, when, moment(now), call.error));
    }

    /** How many messages may be sent now.
     * @return the numbers */
    public Allowance allowance() {
        return allowance(System.currentTimeMillis());
    }

    /** How many messages may be sent.
     * @param now the moment
     * @return the numbers */
    public Allowance allowance(Long now) {
        return machine.with((pointer, call) -> {
            Allowed it = new Allowed();
            call.check(Lib.C.wxkf_conversation_allowance(pointer, moment(now), it, call.error));
            return new Allowance(Integer.toUnsignedLong(it.atLeast), Integer.toUnsignedLong(it.atMost),
                    Integer.toUnsignedLong(it.held), Layout.optional(it.closesAt));
        });
    }

    /** When time alone changes something next.
     * @return milliseconds; null if never */
    public Long nextDeadline() {
        return machine.with((pointer, call) -> Layout.optional(Lib.C.wxkf_conversation_next_deadline(pointer)));
    }

    /** Until when a store has to keep the record.
     * @return milliseconds; null if there is nothing worth keeping */
    public Long keepUntil() {
        return machine.with((pointer, call) -> Layout.optional(Lib.C.wxkf_conversation_keep_until(pointer)));
    }

    /** The record in bytes: below 100 as a rule, 16 KiB at most. Equal records give equal bytes.
     * @return for a store */
    public byte[] snapshot() {
        return machine.snapshot(Lib.C::wxkf_conversation_snapshot);
    }

    /** Frees the record. */
    @Override
    public void close() {
        machine.close();
    }

    private Observation seen(Machine.Question question) {
        return Observation.values()[machine.asked(question)];
    }

    private Settled settled(Settlement settlement) {
        return machine.with((pointer, call) -> {
            Settling it = new Settling();
            call.check(settlement.settle(pointer, call, it));
            return new Settled(it.name.text(), Layout.optional(it.retryAfterMs));
        });
    }

    private interface Settlement {
        int settle(Pointer pointer, Call call, Settling settled);
    }
}
