using System.Text;
using ChatOps.Cli.Terminal;

namespace ChatOps.Cli.Onboarding;

/// <summary>Asks on a terminal, or reads answers line by line from a pipe. Questions go to standard error, so that a result stays a result.</summary>
internal sealed class Questions(CliStreams streams)
{
    /// <summary>Longest answer, in characters.</summary>
    public const int MaxAnswer = 4096;

    /// <summary>Yes or no; an empty answer means <paramref name="otherwise"/>.</summary>
    public bool Confirm(string question, bool otherwise)
    {
        while (true)
        {
            switch (Ask($"{question} [{(otherwise ? "Y/n" : "y/N")}]", secret: false).ToLowerInvariant())
            {
                case "": return otherwise;
                case "y" or "yes": return true;
                case "n" or "no": return false;
                default:
                    Say("Answer y or n.");
                    break;
            }
        }
    }

    /// <summary>A line. A secret is not shown while it is typed.</summary>
    /// <exception cref="CliFailureException">There is nobody to answer.</exception>
    public string Ask(string question, bool secret)
    {
        streams.Error.Write(TerminalText.Inert(question) + " ");
        streams.Error.Flush();
        var answer = secret && streams.InputIsTerminal ? ReadHidden() : streams.Input.ReadLine();
        if (!streams.InputIsTerminal || secret) streams.Error.WriteLine();
        return answer is { Length: <= MaxAnswer }
            ? answer.Trim()
            : throw new CliFailureException(ExitCodes.Usage, "usage", answer is null ? "The answers ended before the questions did; nothing more was written." : $"An answer has at most {MaxAnswer} characters.");
    }

    /// <summary>Says something that is no question.</summary>
    public void Say(string text) => streams.Error.WriteLine(TerminalText.Inert(text));

    private static string ReadHidden()
    {
        var typed = new StringBuilder();
        while (System.Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                if (typed.Length > 0) typed.Length--;
            }
            else if (!char.IsControl(key.KeyChar) && typed.Length < MaxAnswer)
            {
                typed.Append(key.KeyChar);
            }
        }

        return typed.ToString();
    }
}
