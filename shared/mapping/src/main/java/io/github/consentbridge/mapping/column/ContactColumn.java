package io.github.consentbridge.mapping.column;

import io.github.consentbridge.mapping.document.AttributeName;

/**
 * A column of the contact table as our application user finds it.
 *
 * @param readable {@code IsValidForRead}, and not hidden from us by column security
 * @param writable {@code IsValidForUpdate}, and not closed to us by column security
 */
public record ContactColumn(AttributeName name, ColumnType type, boolean readable, boolean writable) {}
