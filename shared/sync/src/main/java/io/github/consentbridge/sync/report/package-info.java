/** How reports show values and decisions. */
@NullMarked
package io.github.consentbridge.sync.report;

import org.jspecify.annotations.NullMarked;
