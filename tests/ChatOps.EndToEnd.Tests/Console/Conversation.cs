using Microsoft.Playwright;

namespace ChatOps.EndToEnd.Console;

/// <summary>A conversation's page, as a person uses it.</summary>
internal sealed class Conversation(IPage page)
{
    public IPage Page => page;

    public ILocator Input => page.Locator("#input");

    /// <summary>The cards in the stream.</summary>
    public ILocator Cards => page.Locator("#stream .card");

    /// <summary>The gateway's messages.</summary>
    public ILocator Answers => page.Locator("#stream .entry.theirs");

    /// <summary>Asked before a decision.</summary>
    public ILocator Confirm => page.Locator("dialog#confirm");

    public async Task SayAsync(string text)
    {
        await Input.FillAsync(text);
        await Input.PressAsync("Enter");
    }

    /// <summary>Says it and waits for a message of ours that has a text.</summary>
    public async Task<ILocator> AskAsync(string text, string expected)
    {
        await SayAsync(text);
        var answer = Answers.Filter(new() { HasText = expected }).Last;
        await answer.WaitForAsync();
        return answer;
    }

    /// <summary>Asks for something that needs a decision, and waits for its card.</summary>
    public async Task<ILocator> AskForCardAsync(string text)
    {
        var before = await Cards.CountAsync();
        await SayAsync(text);
        var card = Cards.Nth(before);
        await card.WaitForAsync();
        return card;
    }
}
