import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.wxkf.Account;
import dev.wxkf.Answer;
import dev.wxkf.Dedupe;
import dev.wxkf.Received;
import dev.wxkf.Reply;
import dev.wxkf.WxkfException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/** A webhook that says every text back. It listens on 127.0.0.1: put a server with TLS in front. */
final class Echo {
    private final Account account;
    /** One a process; several processes need a Conversation for each user, in a store. */
    private final Dedupe dedupe = new Dedupe(10_000, 60_000);
    private final boolean answersTexts;

    private Echo(Account account, boolean answersTexts) {
        this.account = account;
        this.answersTexts = answersTexts;
    }

    public static void main(String[] args) throws IOException {
        String kind = System.getenv("WXKF_KIND");
        Account.Builder builder = Account.builder(kind, System.getenv("WXKF_APP_ID"), System.getenv("WXKF_TOKEN"));
        String key = System.getenv("WXKF_ENCODING_AES_KEY");
        if (key != null) builder.encodingAesKey(key);
        // An account without a key is a plain one, which is asked for by WXKF_MODE=plain.
        String mode = System.getenv("WXKF_MODE");
        if (mode != null) builder.mode(mode);
        // A Mini Program has no passive texts: there the answer goes by message.custom.send.
        Echo echo = new Echo(builder.build(), "official_account".equals(kind));

        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.createContext("/", echo::serve);
        server.start();
        System.out.println("listening on 127.0.0.1:" + server.getAddress().getPort());
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = exchange.getRequestURI().getRawQuery();
            try {
                switch (exchange.getRequestMethod()) {
                    case "GET" -> send(exchange, 200, "text/plain", account.verifyUrl(query == null ? "" : query));
                    case "POST" -> {
                        // One byte more than is taken is enough to be refused.
                        int most = (int) Math.min(account.largestBody() + 1, Integer.MAX_VALUE);
                        byte[] body = exchange.getRequestBody().readNBytes(most);
                        Answer answer = answer(query == null ? "" : query, body);
                        send(exchange, 200, answer.contentType(), answer.body());
                    }
                    default -> send(exchange, 405, null, new byte[0]);
                }
            } catch (WxkfException error) {
                System.err.println(error);
                boolean isForged = error.code().equals("callback.signature_mismatch");
                send(exchange, !error.isPeer() ? 500 : isForged ? 403 : 400, null, new byte[0]);
            }
        }
    }

    private Answer answer(String query, byte[] body) {
        try (Received received = account.receive(query, body)) {
            String key = received.dedupeKey();
            boolean isRepeat = dedupe.observe(key) != null;
            try {
                return account.reply(received, reply(received, isRepeat));
            } catch (RuntimeException failed) {
                // WeChat sends it again.
                if (!isRepeat) dedupe.forget(key);
                throw failed;
            }
        }
    }

    private String reply(Received received, boolean isRepeat) {
        if (received.wantsErrCode()) return Reply.errCode(0);
        boolean isText = "text".equals(received.kind()) && received.content() != null;
        return isText && answersTexts && !isRepeat ? Reply.text(received.content()) : Reply.success();
    }

    private static void send(HttpExchange exchange, int status, String contentType, byte[] body) throws IOException {
        if (contentType != null) exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}
