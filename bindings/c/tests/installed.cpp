// The example of the C++ README, which `check` has written to readme.inc, as a program of its own.

#include <cstdlib>
#include <iostream>
#include <string>

struct request {
    std::string method, query, body;
};

struct response {
    int status;
    std::string content_type, body;
};

#include "readme.inc"

int main() {
    // Nothing is set: an error that says so.
    try {
        make_account();
        return 1;
    } catch (const wxkf::error &error) {
        if (error.code() != "binding.argument_invalid" || error.field() != "app_id") return 2;
    }
    setenv("WXKF_APP_ID", "wx0123456789abcdef", 1);
    setenv("WXKF_TOKEN", "token", 1);
    // A key that was forgotten is no plain account.
    try {
        make_account();
        return 3;
    } catch (const wxkf::error &error) {
        if (error.code() != "config.mode_needs_key") return 4;
    }
    setenv("WXKF_ENCODING_AES_KEY", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", 1);
    const auto account = make_account();
    wxkf::dedupe seen(100);
    return handle(account, seen, {"POST", "timestamp=1&nonce=7&signature=0", "<xml/>"}).status == 403 ? 0 : 5;
}
