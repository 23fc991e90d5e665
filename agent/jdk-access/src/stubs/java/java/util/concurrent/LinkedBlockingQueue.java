package java.util.concurrent;

public class LinkedBlockingQueue<E> {

    protected LinkedBlockingQueue() {}

    static class Node<E> {

        public Object corral$submitter;
    }
}
