package io.github.consentbridge.mapping.column;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.Direction;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.mapping.document.IntegrationReader.Place;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.document.Words;
import io.github.consentbridge.mapping.json.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class ColumnCheckTest {
    @ParameterizedTest
    @CsvFileSource(
            resources = "unusable-columns.csv",
            delimiter = '|',
            quoteCharacter = '`',
            useHeadersInDisplayName = true)
    void columnIsCheckedAgainstTheMapping(String mapping, Direction direction, String column, String problem) {
        Mapping mapped = directed(Words.mapping(mapping), direction);
        ContactColumn found = new ContactColumn(
                mapped.column(),
                Words.column(column.replaceFirst("^un(read|writ)able ", "")),
                !column.startsWith("unreadable"),
                !column.startsWith("unwritable"));

        List<String> problems = ColumnCheck.problems(mapped, found);

        assertThat(problems).isEqualTo(problem.equals("-") ? List.of() : List.of(problem));
    }

    @Test
    void everyMappingIsCheckedWithItsPointer() {
        Integration integration = IntegrationReader.read("""
                {"type_id": "microsoft-dynamics", "mappings": [
                    {"id": "new_good", "value": {"purpose": "a"}},
                    {"id": "new_missing", "value": {"purpose": "b"}},
                    {"id": "new_date", "value": {"purpose": "c"}}]}""".getBytes(UTF_8), Place.FILE);

        List<Problem> problems = ColumnCheck.problems(
                integration, List.of(column("new_date", "date DATE_ONLY"), column("new_good", "yes/no")));

        assertThat(problems)
                .containsExactly(
                        new Problem("/mappings/1", "there is no contact column new_missing: correct id"),
                        new Problem(
                                "/mappings/2",
                                "column new_date is a date column and cannot hold a consent: map a property to it"));
    }

    private static ContactColumn column(String name, String type) {
        return new ContactColumn(new AttributeName(name), Words.column(type), true, true);
    }

    private static Mapping directed(Mapping mapping, Direction direction) {
        return new Mapping(
                mapping.column(),
                mapping.value(),
                mapping.invert(),
                mapping.options(),
                direction,
                mapping.regulation(),
                mapping.wins());
    }
}
