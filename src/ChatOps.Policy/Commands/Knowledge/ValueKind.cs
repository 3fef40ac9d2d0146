namespace ChatOps.Policy.Commands.Knowledge;

/// <summary>What an operand or an option's value is to a program, and so how it is judged.</summary>
internal enum ValueKind
{
    /// <summary>Any text: it has no effect beyond what is printed.</summary>
    Text,

    /// <summary>A number, with a unit perhaps.</summary>
    Num,

    /// <summary>A file whose content is read.</summary>
    Content,

    /// <summary>A file or directory of which only names, sizes, times and the like are read.</summary>
    Meta,

    /// <summary>A file or directory of which everything below is read.</summary>
    Tree,

    /// <summary>A host name or address.</summary>
    Host,

    /// <summary>An http or https address that is fetched.</summary>
    Url,

    /// <summary>A file that would be written: only the null device and standard output are harmless.</summary>
    Null,

    /// <summary>One SQL statement, or a harmless backslash command of psql.</summary>
    Sql,

    /// <summary>An awk program.</summary>
    Awk,

    /// <summary>A sed script.</summary>
    Sed,

    /// <summary>A jq filter.</summary>
    Jq,

    /// <summary>One of a list; an entry that ends in <c>*</c> is a prefix.</summary>
    One,

    /// <summary>Anything but a list; an entry that ends in <c>*</c> is a prefix, one that begins with it too means "contains".</summary>
    Not,

    /// <summary>A resource of Kubernetes: anything but secrets.</summary>
    Resource,

    /// <summary>A revision, a range, a path or <c>revision:path</c> of git.</summary>
    Revision,

    /// <summary>An HTTP request header.</summary>
    Header,

    /// <summary>The <c>--write-out</c> format of curl.</summary>
    WriteOut,

    /// <summary>A Go template over a container's description.</summary>
    Template,

    /// <summary>The program that a wrapper starts, with all its arguments.</summary>
    Command,

    /// <summary>A text that a shell would run.</summary>
    Script,
}
