// Drives the example at the port that is given: the check of the URL, pushes, a repeat, and forged ones.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../check.hpp"

using namespace tests;

static std::uint16_t port;

// The whole answer to a request; empty if nobody listens.
static std::string ask(const std::string &method, const std::string &query, const std::string &body = "") {
    const int at = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    const void *place = &address;
    std::string text = method + " /wechat?" + query + " HTTP/1.1\r\nHost: localhost\r\ncontent-length: " +
                       std::to_string(body.size()) + "\r\n\r\n" + body;
    std::string answer;
    if (connect(at, static_cast<const sockaddr *>(place), sizeof address) == 0 &&
        send(at, text.data(), text.size(), MSG_NOSIGNAL) > 0) {
        char room[4096];
        for (ssize_t count = 0; (count = recv(at, room, sizeof room, 0)) > 0;) {
            answer.append(room, static_cast<std::size_t>(count));
        }
    }
    close(at);
    return answer;
}

static int status(const std::string &answer) { return answer.size() > 12 ? std::stoi(answer.substr(9, 3)) : 0; }

static std::string content(const std::string &answer) {
    const auto end = answer.find("\r\n\r\n");
    return end == std::string::npos ? "" : answer.substr(end + 4);
}

int main(int argc, char **argv) {
    if (argc != 2) return 2;
    port = static_cast<std::uint16_t>(std::stoul(argv[1]));
    const auto account = secure_account();
    const std::string now = std::to_string(wxkf::now() / 1000);
    const std::string signed_query = "timestamp=" + now + "&nonce=7&signature=" + account.sign(now, "7");
    for (int i = 0; i < 100 && status(ask("PUT", "")) == 0; i++) usleep(50'000);

    const auto url = ask("GET", signed_query + "&echostr=abc%20d");
    CHECK(status(url) == 200 && contains(url, "Content-Type: text/plain"));
    EQUAL(content(url), "abc d");
    CHECK(status(ask("PUT", signed_query)) == 405);
    const auto forged_url = ask("GET", "timestamp=" + now + "&nonce=7&echostr=x&signature=" + account.sign("1", "7"));
    CHECK(status(forged_url) == 403 && content(forged_url).empty());

    wxkf::seal_options options;
    options.nonce = "7";
    const auto push = account.seal(xml("hi 中"), "xml", "gh_1", options);
    const auto answer = ask("POST", push.query(), push.body);
    CHECK(status(answer) == 200);
    const auto from = answer.find("<MsgSignature><![CDATA[") + 23, time = answer.find("<TimeStamp>") + 11;
    const auto query = "nonce=7&encrypt_type=aes&timestamp=" +
                       answer.substr(time, answer.find('<', time) - time) +
                       "&msg_signature=" + answer.substr(from, answer.find("]]>", from) - from);
    CHECK(contains(account.open(query, content(answer)), "<Content><![CDATA[You wrote: hi 中]]></Content>"));
    EQUAL(content(ask("POST", push.query(), push.body)), "success");

    auto forged = push.query();
    forged.replace(forged.find("msg_signature=") + 14, 4, "0000");
    const auto refused = ask("POST", forged, push.body);
    CHECK(status(refused) == 403 && content(refused).empty());
    CHECK(status(ask("POST", push.query(), "nonsense")) == 400);
    CHECK(status(ask("POST", "timestamp=1", push.body)) == 400);
    CHECK(status(ask("POST", push.query(), std::string(account.largest_body() + 1, 'x'))) == 413);

    std::printf("%d passed, %d failed\n", passed.load(), failed.load());
    return failed == 0 ? 0 : 1;
}
