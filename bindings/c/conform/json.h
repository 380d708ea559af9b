/* A strict reader of JSON that keeps the raw text of every value. It takes what serde_json takes, and no more. */

#ifndef WXKF_CONFORM_JSON_H
#define WXKF_CONFORM_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Bytes somewhere else. Those of the reader stay until json_free, or as long as the line. */
typedef struct {
    const char *ptr;
    size_t len;
} json_slice;

typedef enum {
    JSON_NULL,
    JSON_FALSE,
    JSON_TRUE,
    JSON_NUMBER,
    JSON_TEXT,
    JSON_LIST,
    JSON_OBJECT,
} json_kind;

typedef struct json_value {
    json_kind kind;
    /* As it stands in the line, without the space around it. */
    json_slice raw;
    /* What a text says, without its escapes. It may hold zeros. */
    json_slice text;
    /* The name, of a member of an object. */
    json_slice name;
    /* The first item or member, and the next of the same parent. */
    struct json_value *first, *next;
} json_value;

typedef struct {
    json_value *root;
    struct json_chunk *chunks;
} json_doc;

/* Reads a line that has a zero at its end, after `len` bytes. To be freed, also if it is false: that is no JSON. */
bool json_read(json_doc *doc, const char *line, size_t len);

void json_free(json_doc *doc);

/* Room that stays until json_free. */
void *json_room(json_doc *doc, size_t len);

/* The member of that name; NULL if there is none, or if this is no object. */
const json_value *json_member(const json_value *object, const char *name);

/* Whether two members have one of those names in common; the list ends with NULL. */
bool json_twice(const json_value *object, const char *const *names);

bool json_is(json_slice text, const char *string);

/* How many bytes the character at `from` has; 0 if there is none. Then `skip` says how many bytes are one mistake. */
size_t json_utf8(const unsigned char *from, size_t len, size_t *skip);

#ifdef __cplusplus
}
#endif

#endif
