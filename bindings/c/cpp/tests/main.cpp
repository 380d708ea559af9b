#include "check.hpp"

int main() {
    using namespace tests;
    CHECK(wxkf::abi() == WXKF_ABI);
    EQUAL(wxkf::version(), WXKF_VERSION);
    CHECK(wxkf::fresh_random() != wxkf::fresh_random());
    CHECK(wxkf::now() > NOW);
    EQUAL(wxkf::quoted("\"\\/\b\f\n\r\t\x01\x1f 中"), R"("\"\\/\b\f\n\r\t\u0001\u001f 中")");
    EQUAL(wxkf::detail::unquoted(R"("\"\\/\b\f\n\r\t\u0001\u001f 中")"), "\"\\/\b\f\n\r\t\x01\x1f 中");
    for (auto *part : {accounts, pushes, calls, machines, nothing, threads}) {
        try {
            part();
        } catch (const wxkf::error &error) {
            CHECK(error.code() + " " + error.field().value_or("") == "no error");
            std::fprintf(stderr, "  it is %s: %s\n", error.code().c_str(), error.detail().value_or("").c_str());
        }
    }
    std::printf("%d passed, %d failed, 0 absent\n", passed.load(), failed.load());
    return failed == 0 ? 0 : 1;
}
