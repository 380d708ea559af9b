"""Calls of the platform's API, texts and return codes."""

import base64
import json

import wxkf
from pushes import Case

SEND = "message.custom.send"


class CallsTest(Case):
    def test_a_call_is_made_as_it_is_written(self):
        params = {"touser": "user", "msgtype": "text", "text": {"content": "你好"}}
        it = wxkf.request(SEND, params)
        self.assertEqual((it.endpoint, it.method, it.path), (SEND, "POST", "/cgi-bin/message/custom/send"))
        self.assertEqual(json.loads(it.body), params)
        self.assertTrue(it.content_type.startswith("application/json"))
        self.assertTrue(it.auth)
        self.assertEqual(wxkf.request(SEND, json.dumps(params, ensure_ascii=False)), it)
        field = self.fails("request.field_missing", "caller", lambda: wxkf.request(SEND, {**params, "touser": None})).field
        self.assertEqual(field, "touser")
        self.fails("request.unsupported", "caller", lambda: wxkf.request("fly", {}))
        music = {"touser": "user", "msgtype": "music", "music": {"musicurl": "u", "hqmusicurl": "h", "thumb_media_id": "m"}}
        self.assertTrue(wxkf.request(SEND, music, "official_account").body)
        self.fails("request.unsupported", "caller", lambda: wxkf.request(SEND, music, "mini_program"))

    def test_an_upload_has_the_bytes_of_the_file(self):
        file = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
        params = {"type": "image", "media_base64": base64.b64encode(file).decode(), "filename": "a.png",
                  "random": "00112233445566778899aabbccddeeff"}
        it = wxkf.request("media.upload", params)
        self.assertIn(file, it.body)
        self.assertTrue(it.content_type.startswith("multipart/form-data; boundary="))
        self.assertIn(it.content_type.partition("boundary=")[2].strip('"').encode(), it.body)

    def test_answers_are_read(self):
        self.assertEqual(wxkf.decode(SEND, 200, b'{"errcode":0,"errmsg":"ok"}').fields, {})
        no = wxkf.decode(SEND, 200, '{"errcode":45047,"errmsg":"out of response count limit rid: 67a1b2c3-4d5e6f70-1a2b3c4d"}')
        self.assertIsInstance(no, wxkf.Rejection)
        self.assertEqual((no.errcode, no.kind, no.rid), (45047, "quota_exhausted", "67a1b2c3-4d5e6f70-1a2b3c4d"))
        self.fails("response.malformed", "platform", lambda: wxkf.decode(SEND, 502, b"<html>"))
        self.fails("binding.argument_invalid", "caller", lambda: wxkf.decode(SEND, 70000, b""), "status")
        file = wxkf.decode("media.get", 200, b"\xff\xd8", "image/jpeg", 'attachment; filename="a.jpg"')
        self.assertEqual((file.fields["media_base64"], file.fields["content_type"]), ("", "image/jpeg"))

    def test_values_compare_and_match(self):
        no = wxkf.Rejection(1, "m", None, "busy")
        self.assertEqual((no, hash(no)), (wxkf.Rejection(1, "m", None, "busy"),) * 1 + (hash(no),))
        self.assertNotEqual(no, wxkf.Rejection(2, "m", None, "busy"))
        self.assertEqual(repr(no), "Rejection(errcode=1, errmsg='m', rid=None, kind='busy')")
        with self.assertRaises(AttributeError):
            no.kind = "other"

    def test_a_text_is_split(self):
        text = "一句话。" * 300
        it = wxkf.split_text(text, 2048, 1)
        self.assertEqual(("".join(it.parts) + it.rest, len(it.parts)), (text, 1))
        self.assertTrue(0 < len(it.parts[0].encode()) <= 2048)
        self.assertEqual(wxkf.split_text("short"), wxkf.Split(("short",), ""))

    def test_return_codes_are_known(self):
        it = wxkf.errcode(45047)
        self.assertEqual((it["errcode"], it["kind"]), (45047, "quota_exhausted"))
        self.assertTrue(it["meaning"]["en"] and it["advice"]["zh"])
        self.assertIsNone(wxkf.errcode(123456789))
        self.assertIsNone(wxkf.errcode(2**70))
        self.assertEqual([wxkf.rejection_kind(code) for code in (45047, 40001, 2**70)],
                         ["quota_exhausted", "token_rejected", "unknown"])
