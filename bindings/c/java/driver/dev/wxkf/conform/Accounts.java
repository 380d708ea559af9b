package dev.wxkf.conform;

import dev.wxkf.Account;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The {@code account} of a line. */
final class Accounts {
    private static final Set<String> NAMES = Set.of("kind", "app_id", "token", "encoding_aes_key",
            "previous_encoding_aes_keys", "previous_tokens", "accept_ids", "mode", "tolerance_s", "max_body");

    private Accounts() {}

    static Account of(Json json) {
        Map<String, Json> given = known(json);
        String kind = Want.maybeText(given.get("kind"));
        Account.Builder builder = Account.builder(kind == null ? "official_account" : kind,
                orEmpty(given.get("app_id")), orEmpty(given.get("token")));
        String key = Want.maybeText(given.get("encoding_aes_key"));
        if (key != null) builder.encodingAesKey(key);
        for (Json previous : list(given.get("previous_encoding_aes_keys"))) {
            builder.previousEncodingAesKey(Want.text(previous));
        }
        for (Json previous : list(given.get("previous_tokens"))) builder.previousToken(Want.text(previous));
        for (Json id : list(given.get("accept_ids"))) builder.acceptId(Want.text(id));
        String mode = Want.maybeText(given.get("mode"));
        if (mode != null) builder.mode(mode);
        Long tolerance = Want.maybeCount(given.get("tolerance_s"));
        if (tolerance != null) builder.toleranceMs(Want.millis(tolerance));
        Long maxBody = Want.maybeCount(given.get("max_body"));
        if (maxBody != null) builder.maxBody(maxBody);
        return builder.build();
    }

    /** The kind alone, or null. */
    static String kind(Json json) {
        return Want.isAbsent(json) ? null : Want.maybeText(known(json).get("kind"));
    }

    private static Map<String, Json> known(Json json) {
        Map<String, Json> given = Want.object(json);
        if (!NAMES.containsAll(given.keySet())) throw new BadLine();
        return given;
    }

    private static List<Json> list(Json json) {
        return json == null ? List.of() : Want.list(json);
    }

    private static String orEmpty(Json json) {
        String text = Want.maybeText(json);
        return text == null ? "" : text;
    }
}
