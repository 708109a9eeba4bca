/** Whose failure it is: that of one record, which backs off by itself, or that of a whole system, which is paused. */
@NullMarked
package io.github.consentbridge.sync.isolation;

import org.jspecify.annotations.NullMarked;
