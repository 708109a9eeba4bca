/** Columns of the simulated tables: types, wire formats, metadata. */
@NullMarked
package io.github.consentbridge.simulators.dataverse.column;

import org.jspecify.annotations.NullMarked;
