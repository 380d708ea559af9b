// Made from the tables of wxkf-core by `WXKF_UPDATE=1 cargo test -p wxkf-tests generated`.

/** Where the API is. */
export const BASE_URL = "https://api.weixin.qq.com";

/** The most bytes of a text that WeChat was seen to take. */
export const MAX_TEXT_BYTES = 2048;
