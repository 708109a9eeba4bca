package io.github.consentbridge.standalone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.ledger.ReleasedContents;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The data folder of every release since 0.1.0 is read, with everything in it. */
class UpgradeTest {
    @TempDir
    Path parent;

    private final ManualClock clock =
            new ManualClock(ReleasedContents.AT.plusSeconds(300).toString());

    @ParameterizedTest
    @ValueSource(strings = {"0.1.0"})
    void dataFolderOfAReleaseIsRead(String release) throws Exception {
        Path folder = Files.createDirectory(
                parent.resolve("data"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (InputStream stored = UpgradeTest.class.getResourceAsStream("releases/" + release + "/bridge.db")) {
            Files.copy(stored, folder.resolve("bridge.db"));
        }

        for (int start = 0; start < 2; start++) {
            try (Store store = Store.open(folder, clock)) {
                assertHoldsEverything(store);
            }
        }
    }

    private static void assertHoldsEverything(Store store) {
        List<LedgerEntry> entries = ReleasedContents.entries();
        List<OrganizationUserId> people =
                entries.stream().map(entry -> entry.person().key()).toList();
        assertThat(store.ledger().load(people).values())
                .containsExactlyInAnyOrderElementsOf(
                        entries.stream().map(LedgerEntry::saved).toList());
        assertThat(store.ledger().history(ReleasedContents.ADA))
                .isEqualTo(ReleasedContents.history().unsaved());
        assertThat(store.ledger().personOf(ReleasedContents.CONTACT)).contains(ReleasedContents.ADA);
        assertThat(store.queue().take(9))
                .extracting(received -> received.delivery())
                .containsExactly(ReleasedContents.waiting());
        assertThat(store.deadLetters().list(letter -> true, 9)).containsExactly(ReleasedContents.dead());
        assertThat(store.deadLetters()
                        .discarded(ReleasedContents.givenUp().delivery().id()))
                .singleElement()
                .satisfies(record -> assertThat(record.decision()).isEqualTo(ReleasedContents.decision()));
        assertThat(store.pauses().pausedUntil())
                .containsOnly(entry(ReleasedContents.PAUSED, ReleasedContents.PAUSED_UNTIL));
        assertThat(store.runs().load(ReleasedContents.RUN_NAME)).contains(ReleasedContents.RUN_TEXT);
        // Of releases after 0.1.0.
        assertThat(store.accessLog().newest(9)).isSubsetOf(ReleasedContents.access());
    }

    /** Writes the folder of this release, for the next one: docs/releasing.md. */
    @Test
    @EnabledIfSystemProperty(named = "write.release", matches = ".+")
    void writesTheFolderOfThisRelease() throws Exception {
        Path folder = parent.resolve("data");
        try (Store store = Store.open(folder, clock)) {
            store.ledger().save(ReleasedContents.entries());
            store.queue().send(List.of(ReleasedContents.waiting()), Duration.ZERO);
            store.deadLetters().add(List.of(ReleasedContents.dead(), ReleasedContents.givenUp()));
            store.deadLetters()
                    .discard(
                            ReleasedContents.givenUp().delivery().id(),
                            ReleasedContents.decision(),
                            OrganizationUserId::new);
            store.pauses().pause(ReleasedContents.PAUSED, ReleasedContents.PAUSED_UNTIL);
            store.runs().save(ReleasedContents.RUN_NAME, ReleasedContents.RUN_TEXT);
            store.accessLog().add(ReleasedContents.access());
        }
        Path kept = Path.of(
                "src/test/resources/io/github/consentbridge/standalone/store/releases",
                System.getProperty("write.release"),
                "bridge.db");
        Files.createDirectories(kept.getParent());
        StoreCopy.write(folder, kept);
    }
}
