/* A string that grows, and what is written to it. */

#ifndef WXKF_CONFORM_OUT_H
#define WXKF_CONFORM_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    char *ptr;
    size_t len, cap;
} out;

/* The bytes as they are. */
void out_bytes(out *to, const void *bytes, size_t len);
void out_raw(out *to, const char *string);
void out_number(out *to, uint64_t number);

/* Bytes as a JSON text; what is not UTF-8 becomes U+FFFD. */
void out_text(out *to, const void *bytes, size_t len);

/* Bytes as base64, in quotes. */
void out_base64(out *to, const void *bytes, size_t len);

bool is_utf8(const void *bytes, size_t len);

void out_free(out *to);

#endif
