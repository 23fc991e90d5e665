package jakarta.servlet;

/** Has the name and the getter of the servlet API's class, which rules know. */
public class ServletRequestWrapper {

    private final Object request;

    public ServletRequestWrapper(Object request) {
        this.request = request;
    }

    public Object getRequest() {
        return request;
    }
}
