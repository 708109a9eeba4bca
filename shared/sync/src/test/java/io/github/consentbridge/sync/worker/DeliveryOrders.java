package io.github.consentbridge.sync.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The orders in which five deliveries can arrive. */
final class DeliveryOrders {
    private static final List<List<Integer>> ALL = permutations(5);

    private DeliveryOrders() {}

    static List<List<Integer>> all() {
        return ALL;
    }

    static List<Integer> get(int index) {
        return ALL.get(index);
    }

    /** The orders to try, by index: each of them, or every N-th with {@code -Dorders.every=N}, for slow stores. */
    static int[] tried() {
        int every = Integer.getInteger("orders.every", 1);
        return IntStream.range(0, ALL.size())
                .filter(index -> index % every == 0 || index % (10 * every) == 7)
                .toArray();
    }

    private static List<List<Integer>> permutations(int size) {
        List<List<Integer>> orders = List.of(List.of());
        for (int next = 0; next < size; next++) {
            List<List<Integer>> longer = new ArrayList<>();
            for (List<Integer> order : orders) {
                for (int position = 0; position <= order.size(); position++) {
                    List<Integer> with = new ArrayList<>(order);
                    with.add(position, next);
                    longer.add(List.copyOf(with));
                }
            }
            orders = longer;
        }
        return orders;
    }
}
