package io.github.consentbridge.connectors.dataverse.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.consentbridge.connectors.dataverse.contact.ContactWrite;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchRequestTest {
    private static final UUID ADA = UUID.fromString("6f0c0000-0000-4000-8000-00000000000a");
    private static final UUID BOB = UUID.fromString("6f0c0000-0000-4000-8000-00000000000b");

    @Test
    void writesAreExactlyTheseBytes() {
        Map<String, @Nullable Object> changes = new LinkedHashMap<>();
        changes.put("donotbulkemail", true);
        changes.put("new_frequency", 100000001);
        changes.put("new_score", new BigDecimal("1E+3"));
        changes.put("new_note", "météo \"日\"\r\n--batch_7f1");
        changes.put("new_cleared", null);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("emailaddress1", "o'neil@x.example");
        values.put("new_topics", "1,9");

        BatchRequest batch = BatchRequest.ofWrites(
                "batch_7f1",
                List.of(new ContactWrite.Update(ADA, "W/\"5120033\"", changes), new ContactWrite.Create(BOB, values)));

        String expected = """
                --batch_7f1
                Content-Type: application/http
                Content-Transfer-Encoding: binary

                PATCH /api/data/v9.2/contacts(6f0c0000-0000-4000-8000-00000000000a)?tag=consent-bridge HTTP/1.1
                Content-Type: application/json; type=entry
                Content-Length: 140
                If-Match: W/"5120033"

                {"donotbulkemail":true,"new_frequency":100000001,"new_score":1000,"new_note":"m\\u00E9t\\u00E9o \\"\\u65E5\\"\\r\\n--batch_7f1","new_cleared":null}
                --batch_7f1
                Content-Type: application/http
                Content-Transfer-Encoding: binary

                POST /api/data/v9.2/contacts?tag=consent-bridge HTTP/1.1
                Content-Type: application/json; type=entry
                Content-Length: 106

                {"contactid":"6f0c0000-0000-4000-8000-00000000000b","emailaddress1":"o'neil@x.example","new_topics":"1,9"}
                --batch_7f1--
                """.replace("\n", "\r\n");
        assertThat(new String(batch.bytes(), StandardCharsets.UTF_8)).isEqualTo(expected);
        assertThat(batch.contentType()).isEqualTo("multipart/mixed; boundary=\"batch_7f1\"");
    }

    @Test
    void readsAreExactlyTheseBytes() {
        BatchRequest batch = BatchRequest.ofReads("batch_7f1", List.of("/WhoAmI", "/contacts?$top=1"));

        String expected = """
                --batch_7f1
                Content-Type: application/http
                Content-Transfer-Encoding: binary

                GET /api/data/v9.2/WhoAmI HTTP/1.1
                Accept: application/json


                --batch_7f1
                Content-Type: application/http
                Content-Transfer-Encoding: binary

                GET /api/data/v9.2/contacts?$top=1 HTTP/1.1
                Accept: application/json


                --batch_7f1--
                """.replace("\n", "\r\n");
        assertThat(new String(batch.bytes(), StandardCharsets.UTF_8)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "5120033", "W/\"1\"\r\nX: y", "W/\"1\", W/\"2\"", "W/\"1"})
    void updateWithoutAConditionIsRefused(String etag) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ContactWrite.Update(ADA, etag, Map.of("donotbulkemail", true)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "DoNotBulkEmail", "a b", "parentcustomerid_account@odata.bind", "x\"y", "../x"})
    void invalidColumnNameIsRefused(String column) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ContactWrite.Update(ADA, "W/\"1\"", Map.of(column, true)));
        assertThatIllegalArgumentException().isThrownBy(() -> new ContactWrite.Create(ADA, Map.of(column, true)));
    }

    @Test
    void valuesOfOtherTypesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ContactWrite.Update(ADA, "W/\"1\"", Map.of("new_x", List.of(1))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ContactWrite.Update(ADA, "W/\"1\"", Map.of("new_x", Double.NaN)));
    }

    @Test
    void emptyUpdateIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ContactWrite.Update(ADA, "W/\"1\"", Map.of()));
    }

    @Test
    void writesDoNotPrintValues() {
        assertThat(new ContactWrite.Update(ADA, "W/\"1\"", Map.of("emailaddress1", "ada@x.example")).toString()
                        + new ContactWrite.Create(ADA, Map.of("emailaddress1", "ada@x.example")))
                .doesNotContain("ada@");
    }
}
