// Calls and their answers, texts in parts, return codes.

#include "check.hpp"

namespace tests {

static void requests() {
    const std::string params = R"({"touser":"o_1","msgtype":"text","text":{"content":"hi \"中\""}})";
    const auto it = wxkf::request("message.custom.send", params);
    EQUAL(it.method + " " + it.path, "POST /cgi-bin/message/custom/send");
    EQUAL(it.body, params);
    EQUAL(it.content_type.value_or(""), "application/json; charset=utf-8");
    EQUAL(it.url("T"), "https://api.weixin.qq.com/cgi-bin/message/custom/send?access_token=T");
    const auto get = wxkf::request("media.get", R"({"media_id":"M"})");
    EQUAL(get.url("T", "http://host"), "http://host/cgi-bin/media/get?media_id=M&access_token=T");
    CHECK(!get.content_type && get.body.empty());
    REFUSED("request.field_missing", "caller", "touser", wxkf::request("message.custom.send", "{}"));
    REFUSED("request.unsupported", "caller", "endpoint", wxkf::request("message.fly", "{}"));
    const std::string menu = R"({"touser":"o","msgtype":"miniprogrampage","miniprogrampage":{"title":"t"}})";
    REFUSED("binding.argument_invalid", "caller", "kind", wxkf::request("message.custom.send", menu, "shop"));
}

static void upload() {
    const std::string file("\x89PNG\r\n\x1a\n");
    const auto it = wxkf::request("media.upload", R"({"media_base64":"iVBORw0KGgo=","filename":"a.png",)"
                                                  R"("random":"000102030405060708090a0b0c0d0e0f"})");
    CHECK(contains(it.content_type.value_or(""), "multipart/form-data; boundary="));
    CHECK(contains(it.body, "\r\n\r\n" + file + "\r\n"));
    CHECK(contains(it.body, R"(filename="a.png")"));
}

static wxkf::outcome decoded(const char *endpoint, std::string_view body, const char *type = nullptr) {
    wxkf::response response;
    response.body = body;
    if (type != nullptr) response.content_type = type;
    return wxkf::decode(endpoint, response);
}

static void answers() {
    const auto sent = decoded("message.custom.send", R"({"errcode":0,"errmsg":"ok"})");
    CHECK(sent && !sent.is_file);
    EQUAL(sent.accepted, "{}");
    const auto no =
        decoded("message.custom.send", R"({"errcode":45047,"errmsg":"out of \"it\" rid: 65f0a1b2-1a2b3c4d-5e6f7a8b"})");
    CHECK(!no && no.rejected && no.rejected->errcode == 45047 && no.accepted.empty());
    EQUAL(no.rejected->kind, "quota_exhausted");
    EQUAL(no.rejected->errmsg, "out of \"it\" rid: 65f0a1b2-1a2b3c4d-5e6f7a8b");
    EQUAL(no.rejected->rid.value_or(""), "65f0a1b2-1a2b3c4d-5e6f7a8b");
    CHECK(decoded("message.custom.send", R"({"errcode":-1,"errmsg":""})").rejected->errcode == -1);
    const auto file = decoded("media.get", "\x89PNG\r\n\x1a\n", "image/png");
    CHECK(file && file.is_file);
    EQUAL(file.accepted, R"({"content_type":"image/png","media_base64":""})");
    REFUSED("response.malformed", "platform", "", decoded("message.custom.send", "<html>"));
}

static void texts_and_codes() {
    const auto it = wxkf::split_text("one, \"two\".\nthree, 四。five", 12, 2);
    CHECK(it.parts.size() == 2);
    std::string all = it.rest;
    for (auto part = it.parts.rbegin(); part != it.parts.rend(); part++) {
        CHECK(part->size() <= 12);
        all = *part + all;
    }
    EQUAL(all, "one, \"two\".\nthree, 四。five");
    CHECK(!it.rest.empty());
    CHECK(wxkf::split_text("").parts.empty() && wxkf::split_text("a").rest.empty());
    EQUAL(wxkf::rejection_kind(45047), "quota_exhausted");
    EQUAL(wxkf::rejection_kind(123456789), "unknown");
    CHECK(contains(wxkf::errcode(45047).value_or(""), R"("kind":"quota_exhausted")"));
    CHECK(!wxkf::errcode(123456789));
    REFUSED("binding.argument_invalid", "caller", "text", wxkf::split_text("\xff"));
}

void calls() {
    requests();
    upload();
    answers();
    texts_and_codes();
}

} // namespace tests
