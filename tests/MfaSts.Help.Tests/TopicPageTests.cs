namespace MfaSts.Help.Tests;

/// <summary>The page of an about_ topic, and its text.</summary>
public sealed class TopicPageTests : IDisposable
{
    private const string Page = """
        ---
        title: about_Some
        ---

        # about_Some

        ## Short description

        Some.

        ## All of it

        This paragraph is written on one line, and has to be broken where the console of 80 columns ends, between words.

        ```powershell
        Get-Some

        Get-More
        ```

        | Name | Cause | Remedy |
        |---|---|---|
        | One | It is `one`. | Make it two. |
        | Two | It is two. | Make it one. |

        - a list
        - of two
        """;

    private readonly ScratchPages _pages = new();

    // Get-Help takes the fifth line for the synopsis.
    [Fact]
    public void Topic_becomes_text_of_80_columns() => Assert.Equal(
        """
        TOPIC
            about_Some

        SHORT DESCRIPTION
            Some.

        ALL OF IT
            This paragraph is written on one line, and has to be broken where the
            console of 80 columns ends, between words.

                Get-Some

                Get-More

            One
                It is one.
                Make it two.

            Two
                It is two.
                Make it one.

            - a list
            - of two

        """,
        _pages.Topic(Page));

    public void Dispose() => _pages.Dispose();
}
