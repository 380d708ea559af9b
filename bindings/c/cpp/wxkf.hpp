/// WeChat customer-service messages (客服消息) for C++17 and later: everything in wxkf.h, with owners and exceptions.
///
/// - A failure is a `wxkf::error`. A no of our own record or of WeChat is a value.
/// - Every class owns one handle, is moved and not copied, and frees it when it ends. One that was moved from is
///   empty: to call it throws `binding.argument_invalid`, unless it says otherwise.
/// - An `account` and a `received` may be used by any number of threads at once, all others by one at a time.
/// - A text is whatever `std::string_view` is made of. A null pointer is none, such as `std::getenv` of a variable that
///   is not set: where a text is needed it throws `binding.argument_invalid`, and it is nothing where one may be absent.
/// - Times are milliseconds since 1970. Texts are UTF-8; JSON is a `std::string`, for the reader of your choice.

#ifndef WXKF_HPP
#define WXKF_HPP

#include "wxkf/account.hpp"
#include "wxkf/api.hpp"
#include "wxkf/conversation.hpp"
#include "wxkf/dedupe.hpp"
#include "wxkf/error.hpp"
#include "wxkf/received.hpp"
#include "wxkf/reply.hpp"
#include "wxkf/text.hpp"
#include "wxkf/token_keeper.hpp"

#endif
