using System.CommandLine;
using System.Runtime.InteropServices;
using ChatOps.Tools;

namespace ChatOps.Cli.Commands;

/// <summary><c>chatops version</c>.</summary>
internal static class VersionCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CliContext context)
    {
        var command = new Command("version", "Show the version.");
        command.SetAction(result =>
        {
            var version = typeof(VersionCommand).Assembly.GetName().Version!.ToString(3);
            context.Streams.Output.WriteLine(context.Global(result).Json
                ? Json.Write(new { version, runtime = RuntimeInformation.FrameworkDescription, system = RuntimeInformation.RuntimeIdentifier })
                : $"chatops {version} ({RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier})");
            return ExitCodes.Done;
        });
        return command;
    }
}
