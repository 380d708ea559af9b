package dev.wxkf.test;

import static dev.wxkf.test.Checks.fails;
import static dev.wxkf.test.Checks.holds;
import static dev.wxkf.test.Checks.same;
import static dev.wxkf.test.World.bytes;

import dev.wxkf.Decoded;
import dev.wxkf.Outcome;
import dev.wxkf.Request;
import dev.wxkf.Split;
import dev.wxkf.Wxkf;
import dev.wxkf.WxkfException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Calls, texts and codes. */
final class ApiTests {
    private ApiTests() {}

    static void all(Checks checks) {
        checks.test("version", () -> {
            same(2, Wxkf.abi());
            holds(Wxkf.version().matches("\\d+\\.\\d+\\.\\d+"));
        });
        checks.test("request", ApiTests::request);
        checks.test("upload", ApiTests::upload);
        checks.test("decode", ApiTests::decode);
        checks.test("split", ApiTests::split);
        checks.test("errcode", ApiTests::errcode);
        checks.test("unverified", ApiTests::unverified);
    }

    private static void request() throws Exception {
        String params = "{\"touser\":\"o\",\"msgtype\":\"text\",\"text\":{\"content\":\"你\"}}";
        Request request = Wxkf.request("message.custom.send", params, "mini_program");
        same("POST", request.method());
        same("/cgi-bin/message/custom/send", request.path());
        holds(request.contentType().startsWith("application/json"));
        holds(new String(request.body(), StandardCharsets.UTF_8).contains("你"));
        same("message.custom.send", request.endpoint());
        holds(request.auth() != null);
        WxkfException error = fails("request.field_missing", "caller",
                () -> Wxkf.request("message.custom.send", "{\"touser\":\"o\",\"msgtype\":\"text\"}"));
        holds(error.field() != null && error.field().startsWith("text"));
        fails("request.unsupported", "caller", () -> Wxkf.request("no.such", "{}"));
    }

    private static void upload() {
        String params = "{\"type\":\"image\",\"media_base64\":\"iVBORw0KGgr/AP4=\",\"filename\":\"a.png\","
                + "\"random\":\"31323334353637383930616263646566\"}";
        Request request = Wxkf.request("media.upload", params);
        holds(request.contentType().startsWith("multipart/form-data"));
        String latin = new String(request.body(), StandardCharsets.ISO_8859_1);
        holds(latin.contains("\r\n\r\n\u0089PNG\r\n\u001a\n\u00ff\u0000\u00fe\r\n") && latin.contains("a.png"));
    }

    private static void decode() throws Exception {
        String body = "{\"errcode\":45047,\"errmsg\":\"out of \\\"limit\\\" rid: 1-2-3\"}";
        Outcome.Rejected no = (Outcome.Rejected) Wxkf.decode("message.custom.send", 200, bytes(body));
        same(45047L, no.errcode());
        same("quota_exhausted", no.kind());
        holds(no.errmsg().contains("out of \"limit\""));
        Outcome.Accepted yes = (Outcome.Accepted) Wxkf.decode("message.custom.send", 200, bytes("{\"errcode\":0}"));
        same("{}", yes.json());
        Outcome.Accepted file = (Outcome.Accepted)
                Wxkf.decode("media.get", 200, "image/png", "attachment; filename=\"a.png\"", new byte[] {-1, 0});
        same(true, file.isFile());
        fails("response.malformed", "platform", () -> Wxkf.decode("message.custom.send", 200, bytes("<html>")));
        fails("binding.argument_invalid", "caller", () -> Wxkf.decode("message.custom.send", 70_000, bytes("{}")));
    }

    private static void split() {
        Split split = Wxkf.splitText("one, \"two\".\n\nthree [你好].\n\nfour", 16, 2);
        same(2, split.parts().size());
        same("one, \"two\".\n\nthree [你好].\n\nfour", String.join("", split.parts()) + split.rest());
        same(List.of("a"), Wxkf.splitText("a", 10, 5).parts());
        same("", Wxkf.splitText("a", 10, 5).rest());
        same(List.of(), Wxkf.splitText("", 10, 5).parts());
    }

    private static void errcode() {
        holds(Wxkf.errcode(45047).contains("\"kind\":\"quota_exhausted\""));
        same(null, Wxkf.errcode(-987654));
        same("quota_exhausted", Wxkf.rejectionKind(45047));
        same("unknown", Wxkf.rejectionKind(-987654));
    }

    private static void unverified() throws Exception {
        Decoded decoded = Wxkf.decodeUnverified(World.json("x"));
        same("json", decoded.format());
        holds(decoded.inbound().startsWith("{\"to\":\"gh_a\"") && decoded.tree().contains("9007199254740993"));
        fails("callback.body_malformed", "peer", () -> Wxkf.decodeUnverified(bytes("<xml>")));
    }
}
