package io.github.consentbridge.standalone.store;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads on separate connections, so that readers never wait for the writer. */
final class Sql {
    private static final JsonMapper JSON = new JsonMapper();

    private Sql() {}

    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /**
     * All rows of a query.
     *
     * @param parameters in order
     * @throws io.github.consentbridge.sync.storage.StorageException if it fails
     */
    static <T> List<T> query(DataSource source, String sql, Row<T> row, Object... parameters) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int index = 0; index < parameters.length; index++) {
                statement.setObject(index + 1, parameters[index]);
            }
            List<T> rows = new ArrayList<>();
            try (ResultSet results = statement.executeQuery()) {
                while (results.next()) {
                    rows.add(row.read(results));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw StoreFailure.reading(e);
        }
    }

    /** One parameter that stands for many texts, for {@code json_each}. */
    static String jsonArray(Collection<String> texts) {
        return JSON.valueToTree(texts).toString();
    }

    /** The same change for many items, in one statement. */
    static <T> int[] each(Connection connection, String sql, List<T> items, Function<T, @Nullable Object[]> parameters)
            throws SQLException {
        if (items.isEmpty()) {
            return new int[0];
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (T item : items) {
                @Nullable Object[] values = parameters.apply(item);
                for (int index = 0; index < values.length; index++) {
                    statement.setObject(index + 1, values[index]);
                }
                statement.addBatch();
            }
            return statement.executeBatch();
        }
    }
}
