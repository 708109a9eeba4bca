package io.github.consentbridge.standalone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.sync.storage.StorageException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupCommitTest {
    @TempDir
    Path folder;

    private Connection reader;
    private GroupCommit writer;

    @BeforeEach
    void open() throws SQLException {
        String url = "jdbc:sqlite:" + folder.resolve("group.db");
        reader = DriverManager.getConnection(url);
        execute(reader, "PRAGMA journal_mode = WAL");
        execute(reader, "CREATE TABLE item (id INT PRIMARY KEY)");
        writer = new GroupCommit(() -> {
            Connection connection = DriverManager.getConnection(url);
            connection.setAutoCommit(false);
            return connection;
        });
    }

    @AfterEach
    void close() throws SQLException {
        writer.close();
        reader.close();
    }

    @Test
    void failureOfOneTakesNoNeighbourAlong() throws Exception {
        CountDownLatch groupIsGathering = new CountDownLatch(1);
        ExecutorService callers = Executors.newCachedThreadPool();
        callers.execute(() -> writer.write(connection -> {
            await(groupIsGathering);
            return 0;
        }));
        List<Future<Integer>> answers = new ArrayList<>();
        for (int index = 0; index < 20; index++) {
            // Every second one tries an id that is taken.
            int id = index - index % 2;
            answers.add(callers.submit(() -> writer.write(connection -> insert(connection, id))));
        }

        groupIsGathering.countDown();
        int stored = 0;
        for (Future<Integer> answer : answers) {
            stored += succeeded(answer) ? 1 : 0;
        }
        callers.shutdown();

        assertThat(stored).isEqualTo(10);
        assertThat(count()).isEqualTo(10);
    }

    @Test
    void nothingOfAFailedWorkStays() throws Exception {
        assertThatThrownBy(() -> writer.write(connection -> {
                    insert(connection, 1);
                    return insert(connection, 1);
                }))
                .isInstanceOf(StorageException.class);

        assertThat(count()).isZero();
    }

    @Test
    void closedWriterRefusesInsteadOfWaitingForEver() {
        writer.close();

        assertThatThrownBy(() -> writer.write(connection -> insert(connection, 1)))
                .isInstanceOf(StorageException.class);
    }

    private static boolean succeeded(Future<Integer> answer) throws InterruptedException {
        try {
            return answer.get() == 1;
        } catch (java.util.concurrent.ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(StorageException.class);
            return false;
        }
    }

    private static int insert(Connection connection, int id) throws SQLException {
        return execute(connection, "INSERT INTO item VALUES (" + id + ")");
    }

    private static int execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return statement.getUpdateCount();
        }
    }

    private int count() throws SQLException {
        try (Statement statement = reader.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM item")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
