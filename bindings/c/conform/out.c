#include "out.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"

void out_bytes(out *to, const void *bytes, size_t len) {
    if (len == 0) return;
    if (to->cap - to->len < len) {
        size_t cap = (to->len + len) * 2;
        char *ptr = realloc(to->ptr, cap);
        if (ptr == NULL) abort();
        to->ptr = ptr;
        to->cap = cap;
    }
    memcpy(to->ptr + to->len, bytes, len);
    to->len += len;
}

void out_raw(out *to, const char *string) {
    out_bytes(to, string, strlen(string));
}

void out_number(out *to, uint64_t number) {
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRIu64, number);
    out_raw(to, digits);
}

void out_text(out *to, const void *bytes, size_t len) {
    static const char escaped[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
    const unsigned char *at = bytes;
    out_raw(to, "\"");
    while (len > 0) {
        size_t step, width = json_utf8(at, len, &step);
        const char *known = at[0] == 0 || width != 1 ? NULL : strchr(escaped, at[0]);
        char escape[8];
        if (width == 0) {
            out_raw(to, "\xef\xbf\xbd");
        } else if (known != NULL) {
            snprintf(escape, sizeof escape, "\\%c", letters[known - escaped]);
            out_raw(to, escape);
        } else if (at[0] < 0x20) {
            snprintf(escape, sizeof escape, "\\u%04x", at[0]);
            out_raw(to, escape);
        } else {
            out_bytes(to, at, width);
        }
        if (width > 0) step = width;
        at += step;
        len -= step;
    }
    out_raw(to, "\"");
}

void out_base64(out *to, const void *bytes, size_t len) {
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *at = bytes;
    out_raw(to, "\"");
    for (size_t i = 0; i < len; i += 3) {
        uint32_t group = (uint32_t)at[i] << 16;
        if (i + 1 < len) group |= (uint32_t)at[i + 1] << 8;
        if (i + 2 < len) group |= at[i + 2];
        char four[4] = {letters[group >> 18], letters[group >> 12 & 63], letters[group >> 6 & 63], letters[group & 63]};
        if (i + 1 >= len) four[2] = '=';
        if (i + 2 >= len) four[3] = '=';
        out_bytes(to, four, 4);
    }
    out_raw(to, "\"");
}

bool is_utf8(const void *bytes, size_t len) {
    const unsigned char *at = bytes;
    while (len > 0) {
        size_t skip, width = json_utf8(at, len, &skip);
        if (width == 0) return false;
        at += width;
        len -= width;
    }
    return true;
}

void out_free(out *to) {
    free(to->ptr);
    *to = (out){NULL, 0, 0};
}
