package io.github.consentbridge.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaCheckTest {
    private static JsonNode json(String text) throws IOException {
        return new JsonMapper().readTree(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"object\"} | {} | []",
                "{\"type\":[\"integer\",\"null\"]} | null | 1.5",
                "{\"type\":\"array\",\"items\":{\"type\":\"string\"}} | [\"a\"] | [\"a\",true]",
                "{\"const\":\"up\"} | \"up\" | \"down\"",
                "{\"enum\":[\"up\",null]} | null | \"down\"",
                "{\"minimum\":0} | 0 | -1",
                "{\"format\":\"date-time\"} | \"2026-03-01T08:00:00Z\" | \"yesterday\"",
                "{\"required\":[\"status\"]} | {\"status\":1} | {\"reason\":1}",
                "{\"properties\":{\"a\":{\"type\":\"boolean\"}}} | {\"b\":1} | {\"a\":1}",
                "{\"properties\":{\"a\":{}},\"additionalProperties\":false} | {\"a\":1} | {\"b\":1}",
                "{\"allOf\":[{\"type\":\"string\"},{\"const\":\"a\"}]} | \"a\" | \"b\"",
                "{\"anyOf\":[{\"type\":\"string\"},{\"const\":1}]} | 1 | 2",
                "{\"$ref\":\"#/shared\"} | true | 1"
            })
    void eachKeywordAcceptsAndRefuses(String schema, String fitting, String other) throws IOException {
        SchemaCheck check = new SchemaCheck(json("{\"shared\":{\"type\":\"boolean\"}}"));

        assertThat(check.problems(json(schema), json(fitting))).isEmpty();
        assertThat(check.problems(json(schema), json(other))).hasSize(1);
    }

    @Test
    void unknownKeywordIsAnError() throws IOException {
        SchemaCheck check = new SchemaCheck(json("{}"));

        assertThatThrownBy(() -> check.problems(json("{\"maxLength\":1}"), json("\"a\"")))
                .hasMessageContaining("maxLength is not checked");
    }
}
