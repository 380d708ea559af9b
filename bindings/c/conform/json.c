#include "json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* serde_json stops at the 128th bracket that is open. */
#define DEEPEST 127

struct json_chunk {
    struct json_chunk *next;
};

typedef struct {
    json_doc *doc;
    const char *at, *end;
} reader;

static bool value(reader *in, json_value *out, int depth);

bool json_read(json_doc *doc, const char *line, size_t len) {
    *doc = (json_doc){NULL, NULL};
    doc->root = json_room(doc, sizeof *doc->root);
    reader in = {doc, line, line + len};
    if (!value(&in, doc->root, 0)) return false;
    while (in.at < in.end && strchr(" \t\r\n", *in.at) != NULL && *in.at != '\0') in.at++;
    return in.at == in.end;
}

void json_free(json_doc *doc) {
    while (doc->chunks != NULL) {
        struct json_chunk *next = doc->chunks->next;
        free(doc->chunks);
        doc->chunks = next;
    }
    doc->root = NULL;
}

void *json_room(json_doc *doc, size_t len) {
    struct json_chunk *chunk = calloc(1, sizeof *chunk + len);
    if (chunk == NULL) abort();
    chunk->next = doc->chunks;
    doc->chunks = chunk;
    return chunk + 1;
}

const json_value *json_member(const json_value *object, const char *name) {
    if (object == NULL || object->kind != JSON_OBJECT) return NULL;
    for (const json_value *member = object->first; member != NULL; member = member->next) {
        if (json_is(member->name, name)) return member;
    }
    return NULL;
}

bool json_twice(const json_value *object, const char *const *names) {
    for (; *names != NULL; names++) {
        const json_value *member = json_member(object, *names);
        while (member != NULL && (member = member->next) != NULL) {
            if (json_is(member->name, *names)) return true;
        }
    }
    return false;
}

bool json_is(json_slice text, const char *string) {
    return text.len == strlen(string) && memcmp(text.ptr, string, text.len) == 0;
}

size_t json_utf8(const unsigned char *from, size_t len, size_t *skip) {
    *skip = 1;
    if (len == 0) return 0;
    unsigned char lead = from[0], low = 0x80, high = 0xbf;
    size_t want = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    /* No long forms, no surrogates, nothing above U+10FFFF: the second byte tells. */
    if (lead == 0xe0) low = 0xa0;
    if (lead == 0xed) high = 0x9f;
    if (lead == 0xf0) low = 0x90;
    if (lead == 0xf4) high = 0x8f;
    for (size_t i = 1; i < want; i++) {
        if (i >= len || from[i] < low || from[i] > high) {
            *skip = i;
            return 0;
        }
        low = 0x80;
        high = 0xbf;
    }
    return want;
}

static void space(reader *in) {
    while (in->at < in->end && (*in->at == ' ' || *in->at == '\t' || *in->at == '\r' || *in->at == '\n')) in->at++;
}

static bool take(reader *in, char byte) {
    if (in->at == in->end || *in->at != byte) return false;
    in->at++;
    return true;
}

static bool word(reader *in, const char *name) {
    size_t len = strlen(name);
    if ((size_t)(in->end - in->at) < len || memcmp(in->at, name, len) != 0) return false;
    in->at += len;
    return true;
}

static size_t digits(reader *in) {
    const char *from = in->at;
    while (in->at < in->end && *in->at >= '0' && *in->at <= '9') in->at++;
    return (size_t)(in->at - from);
}

static bool number(reader *in) {
    const char *from = in->at;
    take(in, '-');
    if (!take(in, '0') && digits(in) == 0) return false;
    if (in->at < in->end && *in->at >= '0' && *in->at <= '9') return false;
    if (take(in, '.') && digits(in) == 0) return false;
    if (take(in, 'e') || take(in, 'E')) {
        if (!take(in, '+')) take(in, '-');
        if (digits(in) == 0) return false;
    }
    return isfinite(strtod(from, NULL));
}

static bool hex4(reader *in, uint32_t *unit) {
    *unit = 0;
    for (int i = 0; i < 4; i++, in->at++) {
        if (in->at == in->end) return false;
        char c = *in->at;
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0) return false;
        *unit = *unit * 16 + (uint32_t)digit;
    }
    return true;
}

static char *put(char *out, uint32_t point) {
    if (point < 0x80) {
        *out++ = (char)point;
    } else if (point < 0x800) {
        *out++ = (char)(0xc0 | point >> 6);
        *out++ = (char)(0x80 | (point & 0x3f));
    } else if (point < 0x10000) {
        *out++ = (char)(0xe0 | point >> 12);
        *out++ = (char)(0x80 | (point >> 6 & 0x3f));
        *out++ = (char)(0x80 | (point & 0x3f));
    } else {
        *out++ = (char)(0xf0 | point >> 18);
        *out++ = (char)(0x80 | (point >> 12 & 0x3f));
        *out++ = (char)(0x80 | (point >> 6 & 0x3f));
        *out++ = (char)(0x80 | (point & 0x3f));
    }
    return out;
}

/* A \u escape after its \u, with the second half of a pair. */
static bool point(reader *in, uint32_t *whole) {
    uint32_t second;
    if (!hex4(in, whole) || (*whole >= 0xdc00 && *whole < 0xe000)) return false;
    if (*whole < 0xd800 || *whole >= 0xe000) return true;
    if (!word(in, "\\u") || !hex4(in, &second) || second < 0xdc00 || second >= 0xe000) return false;
    *whole = 0x10000 + ((*whole - 0xd800) << 10) + (second - 0xdc00);
    return true;
}

static bool text(reader *in, json_slice *said) {
    static const char escapes[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    if (!take(in, '"')) return false;
    const char *end = in->at;
    while (end < in->end && *end != '"') end += *end == '\\' && end + 1 < in->end ? 2 : 1;
    char *out = json_room(in->doc, (size_t)(end - in->at) + 1);
    said->ptr = out;
    while (in->at < in->end && *in->at != '"') {
        size_t skip, len;
        if (take(in, '\\')) {
            const char *escape;
            uint32_t whole;
            if (take(in, 'u')) {
                if (!point(in, &whole)) return false;
                out = put(out, whole);
            } else if (in->at < in->end && *in->at != '\0' && (escape = strchr(escapes, *in->at)) != NULL) {
                *out++ = meanings[escape - escapes];
                in->at++;
            } else {
                return false;
            }
            continue;
        }
        if ((unsigned char)*in->at < 0x20) return false;
        len = json_utf8((const unsigned char *)in->at, (size_t)(in->end - in->at), &skip);
        if (len == 0) return false;
        memcpy(out, in->at, len);
        out += len;
        in->at += len;
    }
    said->len = (size_t)(out - said->ptr);
    return take(in, '"');
}

static bool members(reader *in, json_value *out, int depth) {
    char last = out->kind == JSON_OBJECT ? '}' : ']';
    json_value **link = &out->first;
    in->at++;
    space(in);
    if (take(in, last)) return true;
    do {
        json_value *item = *link = json_room(in->doc, sizeof *item);
        link = &item->next;
        if (out->kind == JSON_OBJECT) {
            space(in);
            if (!text(in, &item->name)) return false;
            space(in);
            if (!take(in, ':')) return false;
        }
        if (!value(in, item, depth)) return false;
        space(in);
    } while (take(in, ','));
    return take(in, last);
}

static bool value(reader *in, json_value *out, int depth) {
    bool good = false;
    space(in);
    out->raw.ptr = in->at;
    switch (in->at < in->end ? *in->at : '\0') {
    case 'n': out->kind = JSON_NULL, good = word(in, "null"); break;
    case 'f': out->kind = JSON_FALSE, good = word(in, "false"); break;
    case 't': out->kind = JSON_TRUE, good = word(in, "true"); break;
    case '"': out->kind = JSON_TEXT, good = text(in, &out->text); break;
    case '[': out->kind = JSON_LIST, good = depth < DEEPEST && members(in, out, depth + 1); break;
    case '{': out->kind = JSON_OBJECT, good = depth < DEEPEST && members(in, out, depth + 1); break;
    default: out->kind = JSON_NUMBER, good = number(in); break;
    }
    out->raw.len = (size_t)(in->at - out->raw.ptr);
    return good;
}
