/** The outcome log: one structured line and one metric per outcome, without personal data. */
@NullMarked
package io.github.consentbridge.sync.logging;

import org.jspecify.annotations.NullMarked;
