package io.github.consentbridge.standalone.cli;

import io.github.consentbridge.mapping.document.AddressRange;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An address or a range in CIDR notation. */
final class AddressRangeConverter implements ITypeConverter<AddressRange> {
    @Override
    public AddressRange convert(String text) {
        return AddressRange.parse(text.strip())
                .orElseThrow(() -> new TypeConversionException(
                        "'" + text + "' is neither an IP address nor a range such as 10.0.0.0/8"));
    }
}
