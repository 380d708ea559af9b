// A webhook that says back what a user writes, on plain POSIX sockets.
//   WXKF_KIND=official_account WXKF_APP_ID=wx… WXKF_TOKEN=… WXKF_ENCODING_AES_KEY=… PORT=8080 ./echo
// An account without a key is a plain one, which is asked for by WXKF_MODE=plain.

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <mutex>
#include <thread>

#include "wxkf.hpp"

struct http_request {
    std::string method, query, body;
};

struct http_answer {
    int status;
    std::string content_type, body;
};

// What all threads share: an account takes any number of them at once, a memory only one.
struct bot {
    const wxkf::account account;
    std::mutex lock;
    wxkf::dedupe seen{10'000};

    http_answer handle(const http_request &request) {
        try {
            if (request.method == "GET") return {200, "text/plain", account.verify_url(request.query)};
            if (request.method != "POST") return {405, "", ""};
            const auto push = account.receive(request.query, request.body);
            const auto answer = account.reply(push, is_repeat(push) ? std::string(wxkf::success_reply) : says(push));
            return {200, answer.content_type, answer.body};
        } catch (const wxkf::error &error) {
            std::cerr << error.code() << ": " << error.what() << std::endl;
            // A stranger is told nothing more.
            if (error.code() == "callback.body_too_large") return {413, "", ""};
            if (error.origin() != "peer") return {500, "", ""};
            return {error.code() == "callback.signature_mismatch" ? 403 : 400, "", ""};
        }
    }

    bool is_repeat(const wxkf::received &push) {
        const std::lock_guard<std::mutex> held(lock);
        return seen.observe(push.dedupe_key()).has_value();
    }

    static std::string says(const wxkf::received &push) {
        if (push.wants_err_code()) return std::string(wxkf::err_code_reply);
        const auto content = push.content();
        // A mini program cannot answer with a text: there this is sent by message.custom.send.
        static const bool is_mini_program = std::string_view(std::getenv("WXKF_KIND")) == "mini_program";
        if (!content || content->empty() || is_mini_program) return std::string(wxkf::success_reply);
        return wxkf::text_reply("You wrote: " + *content);
    }
};

// Reads until the text has so many bytes; false if the client ends before.
static bool read_until(int client, std::string &text, std::size_t size) {
    char room[4096];
    while (text.size() < size) {
        const auto count = recv(client, room, std::min(sizeof room, size - text.size()), 0);
        if (count <= 0) return false;
        text.append(room, static_cast<std::size_t>(count));
    }
    return true;
}

static std::optional<http_request> read_request(int client, std::size_t largest_body) {
    std::string text;
    std::size_t end = std::string::npos;
    while ((end = text.find("\r\n\r\n")) == std::string::npos) {
        if (text.size() > 16'384 || !read_until(client, text, text.size() + 1)) return std::nullopt;
    }
    const std::string line = text.substr(0, text.find("\r\n"));
    const auto first = line.find(' '), second = line.find(' ', first + 1);
    if (first == std::string::npos || second == std::string::npos) return std::nullopt;
    const std::string target = line.substr(first + 1, second - first - 1);
    const auto mark = target.find('?');

    std::size_t length = 0;
    for (auto at = text.find("\r\n"); at < end; at = text.find("\r\n", at + 2)) {
        static constexpr std::string_view name = "content-length:";
        std::string header = text.substr(at + 2, name.size());
        for (auto &c : header) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        if (header == name) length = std::strtoul(text.c_str() + at + 2 + name.size(), nullptr, 10);
    }
    // One byte more than the largest body is enough to be refused for its size.
    const std::size_t wanted = std::min(length, largest_body + 1);
    if (!read_until(client, text, end + 4 + wanted)) return std::nullopt;
    return http_request{line.substr(0, first), mark == std::string::npos ? "" : target.substr(mark + 1),
                        text.substr(end + 4, wanted)};
}

static void serve(bot &bot, int client) {
    const timeval patience{5, 0};
    setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    const auto request = read_request(client, bot.account.largest_body());
    const auto answer = request ? bot.handle(*request) : http_answer{400, "", ""};
    std::string text = "HTTP/1.1 " + std::to_string(answer.status) + " -\r\nConnection: close\r\nContent-Length: " +
                       std::to_string(answer.body.size()) + "\r\n";
    if (!answer.content_type.empty()) text += "Content-Type: " + answer.content_type + "\r\n";
    text += "\r\n" + answer.body;
    for (std::size_t sent = 0; sent < text.size();) {
        const auto count = send(client, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
        if (count <= 0) break;
        sent += static_cast<std::size_t>(count);
    }
    close(client);
}

static std::string setting(const char *name) {
    const char *value = std::getenv(name);
    if (value != nullptr) return value;
    std::cerr << name << " is not set" << std::endl;
    std::exit(2);
}

int main() {
    wxkf::account_options options;
    options.encoding_aes_key = std::getenv("WXKF_ENCODING_AES_KEY");
    options.mode = std::getenv("WXKF_MODE");
    const std::string kind = setting("WXKF_KIND"), app_id = setting("WXKF_APP_ID"), token = setting("WXKF_TOKEN");
    bot bot{wxkf::account(kind, app_id, token, options), {}};

    const int server = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(std::stoul(setting("PORT"))));
    const void *place = &address;
    if (bind(server, static_cast<const sockaddr *>(place), sizeof address) != 0 || listen(server, 64) != 0) {
        std::cerr << "cannot listen on this port" << std::endl;
        return 1;
    }
    std::cout << "listening" << std::endl;
    for (;;) {
        const int client = accept(server, nullptr, nullptr);
        if (client >= 0) std::thread([&bot, client] { serve(bot, client); }).detach();
    }
}
