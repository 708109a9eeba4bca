package io.github.consentbridge.sync.rights;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Everything that is stored about a person here, and what both systems show now.
 *
 * @param json {@code {"key","exported_at","chain","registers","history","waiting","dead_letters","didomi","dynamics"}}
 */
public record PersonExport(ObjectNode json) {}
