package io.github.consentbridge.standalone.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusPrinterTest {
    private static List<String> printed(String health) throws Exception {
        StringWriter out = new StringWriter();
        new StatusPrinter(new PrintWriter(out, true)).print(new JsonMapper().readTree(health));
        return out.toString()
                .lines()
                .map(line -> line.replaceAll(" {2,}", ": "))
                .toList();
    }

    @Test
    void everythingThatIsReportedIsShown() throws Exception {
        assertThat(printed("""
                {"status":"degraded","problems":["Dataverse is paused","3 dead letters"],
                 "queue":{"depth":7,"in_flight":2,"oldest_seconds":4000,"dead_letters":3},
                 "store":{"size_bytes":1708032,"free_bytes":52428800000},
                 "paused_until":{"didomi":null,"dataverse":"2026-10-02T09:00:00Z"},
                 "last_delivery":{"didomi":"2026-10-02T08:00:00Z","dynamics":null},"last_applied":"2026-10-02T08:00:01Z",
                 "last_reconciliation":{"finished_at":"2026-10-02T03:00:00Z","scan":"full","result":"done"},
                 "something_new":1}"""))
                .containsExactly(
                        "status: degraded",
                        "problem: Dataverse is paused",
                        "problem: 3 dead letters",
                        "queue: 7 waiting, 2 in work, the oldest for 1 h 6 min",
                        "dead letters: 3",
                        "store: 1.6 MiB, and 48.8 GiB are free on its disk",
                        "Dataverse paused until: 2026-10-02T09:00:00Z",
                        "last delivery of Didomi: 2026-10-02T08:00:00Z",
                        "last delivery of Dynamics: none",
                        "last applied: 2026-10-02T08:00:01Z",
                        "last reconciliation: 2026-10-02T03:00:00Z, full scan: done");
    }

    @Test
    void sizeIsSaidInItsUnit() throws Exception {
        assertThat(printed("{\"status\":\"up\",\"store\":{\"size_bytes\":900,\"free_bytes\":314572800}}"))
                .contains("store: 900 bytes, and 300 MiB are free on its disk");
        assertThat(printed("{\"status\":\"down\",\"store\":{\"size_bytes\":null,\"free_bytes\":null}}"))
                .contains("store: unknown, because the disk does not answer");
    }

    @Test
    void whatIsNotReportedIsLeftOut() throws Exception {
        assertThat(printed("{\"status\":\"down\"}")).containsExactly("status: down");
        assertThat(printed("{}")).containsExactly("status: unknown");
    }
}
