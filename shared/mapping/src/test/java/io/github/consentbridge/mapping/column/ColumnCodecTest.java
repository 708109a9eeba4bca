package io.github.consentbridge.mapping.column;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.Encoding;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.document.Words;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class ColumnCodecTest {
    @ParameterizedTest
    @CsvFileSource(
            resources = "written-values.csv",
            delimiter = '|',
            useHeadersInDisplayName = true,
            quoteCharacter = '`')
    void valueIsWrittenAndReadBack(
            String mapping, String column, @Nullable String chosen, String held, @Nullable String readBack) {
        Mapping mapped = Words.mapping(mapping);
        ColumnCodec codec = ColumnCodec.of(mapped, Words.column(column));

        Encoding encoding = codec.encode(Words.value(mapped, chosen));

        assertThat(encoding).isInstanceOfSatisfying(Encoding.Fits.class, fits -> {
            assertThat(fits.columnValue())
                    .usingComparator((one, other) -> String.valueOf(one).compareTo(String.valueOf(other)))
                    .isEqualTo(Words.columnValue(held));
            assertThat(codec.decode(fits.columnValue()))
                    .isEqualTo(readBack == null ? Optional.empty() : Optional.of(Words.value(mapped, readBack)));
            assertThat(codec.shows(fits.columnValue(), Words.value(mapped, chosen)))
                    .isTrue();
        });
    }

    @ParameterizedTest
    @CsvFileSource(
            resources = "refused-values.csv",
            delimiter = '|',
            useHeadersInDisplayName = true,
            quoteCharacter = '`')
    void valueThatDoesNotFitIsRefusedWithItsReason(String mapping, String column, String chosen, String reason) {
        Mapping mapped = Words.mapping(mapping);

        Encoding encoding = ColumnCodec.of(mapped, Words.column(column)).encode(Words.value(mapped, chosen));

        assertThat(encoding).isEqualTo(new Encoding.Misfit(reason));
    }

    @ParameterizedTest
    @CsvFileSource(resources = "read-values.csv", delimiter = '|', useHeadersInDisplayName = true, quoteCharacter = '`')
    void columnIsReadInDidomisTerms(String mapping, String column, String held, String means) {
        Mapping mapped = Words.mapping(mapping);

        Optional<ConsentValue> value =
                ColumnCodec.of(mapped, Words.column(column)).decode(Words.columnValue(held));

        assertThat(value)
                .isEqualTo(means.equals("nothing") ? Optional.empty() : Optional.of(Words.value(mapped, means)));
    }

    @ParameterizedTest
    @CsvFileSource(
            resources = "shown-values.csv",
            delimiter = '|',
            useHeadersInDisplayName = true,
            quoteCharacter = '`')
    void equalColumnValuesNeedNoWrite(
            String mapping, String column, String held, @Nullable String value, String showsIt) {
        Mapping mapped = Words.mapping(mapping);

        boolean shows =
                ColumnCodec.of(mapped, Words.column(column)).shows(Words.columnValue(held), Words.value(mapped, value));

        assertThat(shows).isEqualTo(showsIt.equals("yes"));
    }

    @ParameterizedTest
    @CsvFileSource(resources = "read-values.csv", delimiter = '|', useHeadersInDisplayName = true, quoteCharacter = '`')
    void valueThatWasReadIsShownAndWrittenUnchanged(String mapping, String column, String held, String means) {
        ColumnCodec codec = ColumnCodec.of(Words.mapping(mapping), Words.column(column));
        Object columnValue = Words.columnValue(held);

        codec.decode(columnValue).ifPresent(value -> {
            assertThat(codec.shows(columnValue, value)).isTrue();
            assertThat(codec.encode(value))
                    .isInstanceOfSatisfying(
                            Encoding.Fits.class,
                            fits -> assertThat(codec.decode(fits.columnValue())).contains(value));
        });
    }

    @Test
    void unmappedValueOfAnotherColumnIsNotWritten() {
        ColumnCodec codec = ColumnCodec.of(Words.mapping("purpose true=1 false=2"), Words.column("choice 1 2"));

        Encoding encoding = codec.encode(new ConsentValue.Unmapped(new AttributeName("new_other"), "3"));

        assertThat(encoding)
                .isEqualTo(new Encoding.Misfit(
                        "the value has no meaning in Didomi and was not read from column new_note"));
    }

    @Test
    void columnValuesHaveTheTypesOfTheWebApi() {
        assertThat(written("purpose", "yes/no", "granted")).isEqualTo(true);
        assertThat(written("purpose true=1 false=2", "choice 1 2", "granted")).isEqualTo(1);
        assertThat(written("property", "whole 0 to 9", "7")).isEqualTo(7L);
        assertThat(written("property", "decimal 0 to 900 digits 2", "1e2")).isEqualTo(new BigDecimal("100"));
    }

    @Test
    void moreThan150SelectedOptionsDoNotFit() {
        String numbers = IntStream.rangeClosed(1, 151).mapToObj(String::valueOf).collect(Collectors.joining(" "));
        String options =
                IntStream.rangeClosed(1, 151).mapToObj(i -> "v" + i + "=" + i).collect(Collectors.joining(" "));
        String chosen = IntStream.rangeClosed(1, 151).mapToObj(i -> "v" + i).collect(Collectors.joining(","));
        Mapping mapping = Words.mapping("preference " + options);

        Encoding encoding =
                ColumnCodec.of(mapping, Words.column("choices " + numbers)).encode(ConsentValue.ofSelection(chosen));

        assertThat(encoding)
                .isEqualTo(new Encoding.Misfit("column new_note takes at most 150 options, the person chose 151"));
    }

    @Test
    void columnValueOfTheWrongJsonTypeIsUnmappedAndNotWrittenBack() {
        ColumnCodec codec = ColumnCodec.of(Words.mapping("purpose"), Words.column("yes/no"));

        Optional<ConsentValue> value = codec.decode("maybe");

        assertThat(value).contains(new ConsentValue.Unmapped(new AttributeName("new_note"), "maybe"));
        assertThat(codec.encode(value.orElseThrow())).isInstanceOf(Encoding.Misfit.class);
    }

    private static @Nullable Object written(String mapping, String column, String chosen) {
        Mapping mapped = Words.mapping(mapping);
        return ColumnCodec.of(mapped, Words.column(column)).encode(Words.value(mapped, chosen))
                        instanceof Encoding.Fits fits
                ? fits.columnValue()
                : null;
    }
}
