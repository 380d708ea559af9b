package dev.wxkf.test;

import static dev.wxkf.test.Checks.holds;
import static dev.wxkf.test.Checks.same;
import static dev.wxkf.test.World.bytes;

import dev.wxkf.Account;
import dev.wxkf.Sealed;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** Drives the example that `check` has started at the URL in ECHO_URL. */
final class EchoTests {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String URL = System.getenv("ECHO_URL");

    private EchoTests() {}

    static void all(Checks checks) {
        checks.test("echo: url", EchoTests::url);
        checks.test("echo: push", EchoTests::push);
        checks.test("echo: forged", EchoTests::forged);
        checks.test("echo: too large", EchoTests::tooLarge);
    }

    private static void url() throws Exception {
        try (Account account = World.official()) {
            String seconds = "" + System.currentTimeMillis() / 1000;
            String query = "signature=" + account.sign(seconds, "n") + "&timestamp=" + seconds + "&nonce=n&echostr=42";
            HttpResponse<String> response = send(HttpRequest.newBuilder(URI.create(URL + "?" + query)).build());
            same(200, response.statusCode());
            same("42", response.body());
        }
    }

    private static void push() throws Exception {
        try (Account account = World.official()) {
            Sealed push = account.seal(World.xml("你好", "1001", System.currentTimeMillis()), "xml", "gh_a");
            HttpResponse<String> response = post(push.query(), push.body());
            same(200, response.statusCode());
            String answer = response.body();
            String query = "encrypt_type=aes&msg_signature=" + World.element(answer, "MsgSignature") + "&timestamp="
                    + World.element(answer, "TimeStamp") + "&nonce=" + World.element(answer, "Nonce");
            String sealed = "<xml><ToUserName>oUser</ToUserName><Encrypt>" + World.element(answer, "Encrypt")
                    + "</Encrypt></xml>";
            holds(new String(account.open(query, bytes(sealed)), StandardCharsets.UTF_8).contains("你好"));
            same("success", post(push.query(), push.body()).body());
        }
    }

    private static void forged() throws Exception {
        try (Account account = World.official()) {
            Sealed push = account.seal(World.xml("x", "1002", System.currentTimeMillis()), "xml", "gh_a");
            HttpResponse<String> response =
                    post(push.query().replace("msg_signature=", "msg_signature=0"), push.body());
            same(403, response.statusCode());
            same("", response.body());
            same(400, post("timestamp=1", push.body()).statusCode());
        }
    }

    private static void tooLarge() throws Exception {
        try (Account account = World.official()) {
            Sealed push = account.seal(World.xml("x", "1003", System.currentTimeMillis()), "xml", "gh_a");
            String body = push.body() + " ".repeat((int) account.largestBody());
            same(400, post(push.query(), body).statusCode());
        }
    }

    private static HttpResponse<String> post(String query, String body) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(URL + "?" + query)).POST(BodyPublishers.ofString(body)).build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        return CLIENT.send(request, BodyHandlers.ofString());
    }
}
