package io.corral.runtime.container;

/** Where going somewhere leads to from one membership: the first that was asked of is remembered without a look-up. */
final class Way {

    final Membership from;
    final Membership to;

    Way(Membership from, Membership to) {
        this.from = from;
        this.to = to;
    }
}
