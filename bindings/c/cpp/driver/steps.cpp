// The state machines: each op is a machine and the steps it takes, with one result a step.

#include <functional>
#include <map>
#include <variant>

#include "conform.hpp"

namespace conform {

// What is done by a step of that name. Those that need no moment ignore `now`.
using take = std::function<std::string(const json_value *value, const json_value *now)>;

static std::string run(const json_value *line, const std::map<std::string, take, std::less<>> &takes) {
    const auto *list = json_member(line, "steps");
    if (list == nullptr || list->kind != JSON_LIST) throw bad_line();
    std::string json = "[";
    for (const auto *step = list->first; step != nullptr; step = step->next) {
        if (step->kind != JSON_OBJECT) throw bad_line();
        const auto *done = step->first;
        const auto name = [&] { return std::string_view(done->name.ptr, done->name.len); };
        while (done != nullptr && takes.find(name()) == takes.end()) done = done->next;
        if (done == nullptr) throw bad_line();
        if (step != list->first) json += ',';
        json += takes.find(name())->second(done, json_member(step, "now"));
    }
    return json + "]";
}

// A line counts ids 1, 2, … within the life of the record: that of the last one which was shown.
struct life {
    std::uint64_t began = 0;

    std::string show(std::uint64_t id) {
        const auto number = id & ((std::uint64_t{1} << 21U) - 1);
        began = id - number;
        return std::to_string(number);
    }

    [[nodiscard]] std::uint64_t id(const json_value *value) const {
        const auto number = count(value);
        return number > UINT64_MAX - began ? UINT64_MAX : began + number;
    }
};

static std::string changed(bool applied) { return applied ? R"("applied")" : R"("stale")"; }

static std::string refused(const wxkf::refusal &no) { return R"({"refused":)" + wxkf::quoted(no.reason) + "}"; }

// What became of a call: its name, or the errcode that WeChat answered; beside that one the name may be `rejected`.
static std::variant<std::string, std::int64_t> settlement(const json_value *value) {
    const auto *code = json_member(value, "errcode");
    const auto name = maybe_text(json_member(value, "as"));
    if (is_nothing(code)) {
        if (!name) throw bad_line();
        return *name;
    }
    if (name && *name != "rejected") throw bad_line();
    const auto digits = raw(code);
    const bool negative = digits[0] == '-';
    const auto size = whole(std::string_view(digits).substr(negative ? 1 : 0));
    if (!size || *size > INT64_MAX || (negative && *size == 0)) throw bad_line();
    const auto errcode = static_cast<std::int64_t>(*size);
    return negative ? -errcode : errcode;
}

static std::string settle(wxkf::conversation &on, std::uint64_t id, const json_value *value, const json_value *now) {
    const auto as = settlement(value);
    const auto *code = std::get_if<std::int64_t>(&as);
    const auto done = code != nullptr ? on.settle_errcode(id, *code, count(now))
                                      : on.settle(id, std::get<std::string>(as), count(now));
    if (!done.retry_after_ms) return wxkf::quoted(done.name);
    return R"({"retry_after_ms":)" + std::to_string(*done.retry_after_ms) + "}";
}

static std::string typing(wxkf::conversation &on, const json_value *value, const json_value *now) {
    if (value->kind == JSON_OBJECT) {
        const auto as = settlement(value);
        const auto *code = std::get_if<std::int64_t>(&as);
        if (code != nullptr) on.settle_typing_errcode(*code, count(now));
        if (code == nullptr) on.settle_typing(std::get<std::string>(as), count(now));
        return R"("ok")";
    }
    const auto what = text(value);
    if (what == "stop") {
        on.stop_typing();
        return R"("ok")";
    }
    if (what != "start") throw bad_line();
    const auto no = on.start_typing(count(now));
    return no ? refused(*no) : R"("ok")";
}

std::string conversation(const json_value *line) {
    const auto policy = raw(json_member(line, "policy"));
    wxkf::conversation on(policy);
    life life;
    return run(
        line,
        {{"allowance",
          [&](auto, auto now) {
              const auto may = on.allowance(count(now));
              return R"({"at_least":)" + std::to_string(may.at_least) + R"(,"at_most":)" +
                     std::to_string(may.at_most) + R"(,"held":)" + std::to_string(may.held) + R"(,"closes_at":)" +
                     (may.closes_at ? std::to_string(*may.closes_at) : "null") + "}";
          }},
         {"forget",
          [&](auto key, auto) {
              on.forget(text(key));
              return R"("forgotten")";
          }},
         {"observe",
          [&](auto value, auto now) -> std::string {
              const auto key = text(json_member(value, "key"));
              const auto trigger = maybe_text(json_member(value, "trigger"));
              const auto at = maybe_count(json_member(value, "at"));
              const auto seen = on.observe_push(key, trigger, at, count(now));
              if (seen == wxkf::observation::overflow) return R"("overflow")";
              return seen == wxkf::observation::repeat ? R"("repeat")" : R"("new")";
          }},
         {"reload",
          [&](auto, auto) {
              on = wxkf::conversation::restore(policy, on.snapshot());
              return R"("ok")";
          }},
         {"reserve",
          [&](auto, auto now) {
              const auto held = on.reserve(count(now));
              if (!held) return refused(*held.refused);
              return R"({"id":)" + life.show(held.id) + R"(,"sure":)" + (held.sure ? "true}" : "false}");
          }},
         {"sent_elsewhere",
          [&](auto value, auto now) {
              if (value->kind != JSON_OBJECT) throw bad_line();
              const auto at = maybe_count(json_member(value, "at"));
              on.sent_elsewhere(at, count(now));
              return R"("ok")";
          }},
         {"settle",
          [&](auto value, auto now) { return settle(on, life.id(json_member(value, "id")), value, now); }},
         {"typing", [&](auto value, auto now) { return typing(on, value, now); }}});
}

std::string dedupe(const json_value *line) {
    const auto capacity = count(json_member(line, "capacity")), horizon = count(json_member(line, "horizon_ms"));
    wxkf::dedupe on(capacity, horizon);
    return run(line, {{"forget",
                       [&](auto key, auto) {
                           on.forget(text(key));
                           return R"("forgotten")";
                       }},
                      {"observe",
                       [&](auto key, auto now) -> std::string {
                           const auto since = on.observe(text(key), count(now));
                           return since ? R"({"repeat_since":)" + std::to_string(*since) + "}" : R"("new")";
                       }},
                      {"reload", [&](auto, auto) {
                           on = wxkf::dedupe::restore(on.snapshot(), capacity, horizon);
                           return R"("ok")";
                       }}});
}

std::string token(const json_value *line) {
    wxkf::token_keeper on(maybe_text(json_member(line, "source")).value_or("stable_token"));
    life life;
    return run(line, {{"fetch_failed",
                       [&](auto value, auto now) {
                           const auto id = life.id(json_member(value, "id"));
                           const auto failure = maybe_text(json_member(value, "failure"));
                           return changed(on.fetch_failed(id, failure.value_or("temporary"), count(now)));
                       }},
                      {"fetched",
                       [&](auto value, auto now) {
                           const auto id = life.id(json_member(value, "id"));
                           const auto fresh = text(json_member(value, "token"));
                           const auto seconds = count(json_member(value, "expires_in"));
                           return changed(on.fetched(id, fresh, seconds, std::nullopt, count(now)));
                       }},
                      {"rejected",
                       [&](auto value, auto now) {
                           return changed(on.rejected(text(json_member(value, "token")), count(now)));
                       }},
                      {"reload",
                       [&](auto, auto) {
                           on = wxkf::token_keeper::restore(on.snapshot());
                           return R"("ok")";
                       }},
                      {"step", [&](auto, auto now) -> std::string {
                           const auto step = on.step(count(now));
                           if (step.use) return R"({"use":)" + wxkf::quoted(*step.use) + "}";
                           if (step.wait_until) {
                               return R"({"wait_until":)" + std::to_string(*step.wait_until) + "}";
                           }
                           return R"({"fetch":)" + life.show(step.fetch.value()) + R"(,"force":)" +
                                  (step.force ? "true}" : "false}");
                       }}});
}

} // namespace conform
