package io.github.consentbridge.standalone.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A delivery's body as a column. SQLite keeps text as UTF-8, which has no form for half a surrogate pair; a body with one is
 * kept as two bytes for each {@code char}.
 */
final class StoredBody {
    private StoredBody() {}

    /** What to store for a body. */
    static Object of(String body) {
        if (StandardCharsets.UTF_8.newEncoder().canEncode(body)) {
            return body;
        }
        ByteBuffer bytes = ByteBuffer.allocate(body.length() * Character.BYTES);
        bytes.asCharBuffer().put(body);
        return bytes.array();
    }

    /** The body in this row's column {@code body}. */
    static String in(ResultSet row) throws SQLException {
        return row.getObject("body") instanceof byte[] bytes
                ? ByteBuffer.wrap(bytes).asCharBuffer().toString()
                : row.getString("body");
    }
}
