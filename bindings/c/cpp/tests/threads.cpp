// Threads that share one account and one push.

#include <thread>

#include "check.hpp"

namespace tests {

void threads() {
    const auto account = secure_account();
    const auto push = account.seal(xml("hi"), "xml", "gh_1", fixed());
    const auto shared = account.receive(push.query(), push.body, NOW);
    const auto expected = account.reply(shared, wxkf::text_reply("ho"), fixed()).body;
    std::atomic<int> good{0};
    std::vector<std::thread> running;
    for (int i = 0; i < 4; i++) {
        running.emplace_back([&] {
            for (int turn = 0; turn < 200; turn++) {
                const auto own = account.receive(push.query(), push.body, NOW);
                good += account.reply(own, wxkf::text_reply("ho"), fixed()).body == expected ? 1 : 0;
                good += account.reply(shared, wxkf::text_reply("ho"), fixed()).body == expected ? 1 : 0;
                good += shared.content() == "hi" ? 1 : 0;
            }
        });
    }
    for (auto &one : running) one.join();
    CHECK(good == 4 * 200 * 3);
}

} // namespace tests
