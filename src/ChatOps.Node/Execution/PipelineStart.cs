using ChatOps.Node.Native;

namespace ChatOps.Node.Execution;

/// <summary>Starts the programs of one pipeline, connected by kernel pipes.</summary>
internal sealed class PipelineStart(Spawner spawner, IReadOnlyList<string> environment, string workingDirectory, int input, int output)
{
    private const int NotFound = 127, NotExecutable = 126;

    /// <summary>The programs that were started.</summary>
    public List<ChildProcess> Children { get; } = [];

    /// <summary>The last command's process; <see langword="null"/> when that one did not start.</summary>
    public ChildProcess? Last { get; private set; }

    /// <summary>The status of the last command when it did not start.</summary>
    public int LastStatus { get; private set; }

    /// <summary>Why commands did not start.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>Starts them. As in a shell, one that cannot be started does not keep the others from running.</summary>
    /// <param name="commands">Left to right.</param>
    public void Start(IReadOnlyList<PreparedCommand> commands)
    {
        // Owned: closed when the program that reads it has it.
        var from = input;
        try
        {
            for (var index = 0; index < commands.Count; index++)
            {
                var last = index == commands.Count - 1;
                var (read, write) = last ? (-1, -1) : Pipe.Open();
                try
                {
                    Last = StartOne(commands[index], from, last ? output : write);
                }
                finally
                {
                    Close(from);
                    Close(write);
                    from = read;
                }
            }
        }
        finally
        {
            Close(from);
        }
    }

    private ChildProcess? StartOne(PreparedCommand command, int input, int standardOutput)
    {
        if (command.Problem is not null)
        {
            Problems.Add(command.Problem);
            LastStatus = command.Status;
            return null;
        }

        var child = spawner.Start(
            new SpawnRequest(command.Path, command.Arguments, environment, workingDirectory, input, standardOutput, output, command.Redirections),
            out var error);
        if (child is not null)
        {
            Children.Add(child);
            return child;
        }

        Problems.Add($"{command.Arguments[0]}: {Reason(error)}");
        LastStatus = error == Libc.Enoent ? NotFound : NotExecutable;
        return null;
    }

    private static string Reason(int error) => error switch
    {
        Libc.Enoent => "the program, or the interpreter that it names, is not there.",
        Libc.Eacces => "this user may not start the program, or may not enter the working directory.",
        Libc.E2Big => "the arguments are too long for this system; use fewer or shorter ones.",
        Libc.Enoexec => "the file is not a program that this system can start.",
        _ => $"the system could not start the program: {System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(error)}.",
    };

    private static void Close(int descriptor)
    {
        if (descriptor >= 0)
            _ = Libc.close(descriptor);
    }
}
