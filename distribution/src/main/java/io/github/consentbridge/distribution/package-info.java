/** What a release holds besides the programs: manual pages and shell completion, made from the commands themselves. */
@NullMarked
package io.github.consentbridge.distribution;

import org.jspecify.annotations.NullMarked;
