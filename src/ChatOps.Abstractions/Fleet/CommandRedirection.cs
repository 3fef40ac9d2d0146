namespace ChatOps.Fleet;

/// <summary>The redirections that need no file to be opened for writing, other than the null device.</summary>
public enum CommandRedirection
{
    /// <summary><c>&gt;/dev/null</c></summary>
    StdoutToNull,

    /// <summary><c>2&gt;/dev/null</c></summary>
    StderrToNull,

    /// <summary><c>2&gt;&amp;1</c></summary>
    StderrToStdout,

    /// <summary><c>1&gt;&amp;2</c></summary>
    StdoutToStderr,

    /// <summary><c>&lt;/dev/null</c></summary>
    StdinFromNull,
}
