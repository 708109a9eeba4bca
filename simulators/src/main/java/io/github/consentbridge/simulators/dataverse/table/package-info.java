/** The simulated contact table: rows, indexes, changes, audit log. */
@NullMarked
package io.github.consentbridge.simulators.dataverse.table;

import org.jspecify.annotations.NullMarked;
