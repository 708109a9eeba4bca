package io.github.consentbridge.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** How much of a store's file is used: without pages that are free again. */
final class StoredBytes {
    private static final String USED = """
            SELECT (pages.page_count - free.freelist_count) * sizes.page_size
            FROM pragma_page_count AS pages, pragma_freelist_count AS free, pragma_page_size AS sizes""";

    private StoredBytes() {}

    /** In a data folder that no process uses any more. */
    static long in(Path folder) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("bridge.db"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(USED)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("the store cannot be read", e);
        }
    }
}
