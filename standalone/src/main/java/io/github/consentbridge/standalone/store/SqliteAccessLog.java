package io.github.consentbridge.standalone.store;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.logging.PersonHash;
import io.github.consentbridge.sync.rights.Access;
import io.github.consentbridge.sync.rights.AccessKind;
import io.github.consentbridge.sync.rights.AccessLog;
import io.github.consentbridge.sync.rights.Requester;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The access record in SQLite, in the order of the entries. */
public final class SqliteAccessLog implements AccessLog {
    private static final String SELECT = "SELECT at, kind, person, requester, means, reason FROM access ";

    private final DataSource readers;
    private final GroupCommit writer;
    private final PersonHash hash;

    SqliteAccessLog(DataSource readers, GroupCommit writer, PersonHash hash) {
        this.readers = readers;
        this.writer = writer;
        this.hash = hash;
    }

    @Override
    public void add(Access access) {
        writer.write(connection -> Sql.each(
                connection,
                "INSERT INTO access (at, kind, person, requester, means, reason) VALUES (?, ?, ?, ?, ?, ?)",
                List.of(access),
                each -> new @Nullable Object[] {
                    each.at().toEpochMilli(),
                    each.kind().word(),
                    each.person(),
                    each.requester().name(),
                    each.requester().means().word(),
                    each.reason()
                }));
    }

    @Override
    public List<Access> newest(int limit) {
        return Sql.query(readers, SELECT + "ORDER BY at DESC, rowid DESC LIMIT ?", SqliteAccessLog::access, limit);
    }

    @Override
    public List<Access> of(String person) {
        return Sql.query(readers, SELECT + "WHERE person = ? ORDER BY at, rowid", SqliteAccessLog::access, person);
    }

    private static Access access(ResultSet row) throws SQLException {
        return new Access(
                Instant.ofEpochMilli(row.getLong("at")),
                AccessKind.ofWord(row.getString("kind")),
                row.getString("person"),
                new Requester(row.getString("requester"), Requester.Means.ofWord(row.getString("means"))),
                row.getString("reason"));
    }

    @Override
    public String hashOf(OrganizationUserId person) {
        return hash.of(person);
    }

    @Override
    public int purge(Instant before) {
        return writer.write(
                        connection -> Sql.each(connection, "DELETE FROM access WHERE at < ?", List.of(before), time ->
                                new Object[] {time.toEpochMilli()}))[0];
    }
}
